using ChainSync.Core;
using ChainSync.Core.Log;
using Npgsql;

namespace ChainSync.Server.Sync;

/// <summary>
/// A write of facts in two round trips: what it must know is read in one batch (the check of the operation rides along),
/// the decision is pure, and everything is written in one batch that ends with the log rows and commits.
/// Locks are held for that one batch only.
/// </summary>
public abstract class FactCommand
{
    /// <summary>Adds the statements that read what the decision needs; may be none.</summary>
    public abstract void AddReads(NpgsqlBatch batch);

    /// <summary>Takes their results, one result set after another; the reader stands before the first.</summary>
    public abstract Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken);

    /// <summary>Decides. Called again with fresh reads when a guard found that something changed in between.</summary>
    /// <param name="now">The server's clock, to the millisecond.</param>
    public abstract Outcome<FactWrites> Decide(DateTimeOffset now);
}

/// <summary>What a decision writes.</summary>
/// <param name="Response">The answer to the client, JSON; stored with the operation.</param>
/// <param name="Statements">In lock order: guards and entity rows, then stock, then balances.</param>
/// <param name="Changes">The log rows; those of stock moves are added by the database.</param>
/// <param name="Status">The HTTP status of the answer.</param>
public sealed record FactWrites(string Response, IReadOnlyList<NpgsqlBatchCommand> Statements, IReadOnlyList<Change> Changes, int Status = 201);
