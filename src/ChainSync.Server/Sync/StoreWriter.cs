using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ChainSync.Server.Sync;

/// <summary>
/// The only way to write business data. Checks in this order: was the operation seen, may the caller, is the version right;
/// then writes entities, log rows and the operation's answer in one transaction whose last statement takes the store's head.
/// </summary>
public sealed partial class StoreWriter(
    NpgsqlDataSource dataSource, DbContextOptions<ChainSyncDb> options, LogSignal signal, TimeProvider clock, ILogger<StoreWriter> logger)
{
    // Each retry starts from fresh reads, so a store must change this often between two round trips to exhaust it.
    private const int Attempts = 8;

    private readonly ConcurrentDictionary<Guid, FactLane> _lanes = new();

    /// <summary>Changes documents: <paramref name="decide"/> loads them from the context, changes them and answers.</summary>
    /// <returns>The answer, or the refusal; a refusal has written nothing.</returns>
    public Task<Outcome<Committed>> CommitAsync<T>(
        Operation operation, Caller caller, JsonTypeInfo<T> json, int status,
        Func<ChainSyncDb, Task<Outcome<T>>> decide, CancellationToken cancellationToken) =>
        CommitAsync(operation, caller, json, status, decide, static decided => decided, cancellationToken);

    /// <summary>The same, with an answer made of what was decided once its documents have their new versions.</summary>
    public Task<Outcome<Committed>> CommitAsync<T, TAnswer>(
        Operation operation, Caller caller, JsonTypeInfo<TAnswer> json, int status,
        Func<ChainSyncDb, Task<Outcome<T>>> decide, Func<T, TAnswer> answer, CancellationToken cancellationToken) =>
        RetryAsync(operation, async () =>
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            if (await SeenAsync(connection, operation, caller, cancellationToken) is { } early) return early;

            await using var db = new ChainSyncDb(new DbContextOptionsBuilder<ChainSyncDb>(options).UseNpgsql(connection).Options);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var decided = await decide(db);
            if (!decided.IsAccepted) return decided.Rejection;

            var now = clock.GetUtcNow().ToMilliseconds();
            var changes = ChangeCapture.Take(db, now);
            await db.SaveChangesAsync(cancellationToken);
            var response = JsonSerializer.Serialize(answer(decided.Value), json);
            var sql = (NpgsqlTransaction)transaction.GetDbTransaction();
            var seq = await AppendAsync(connection, sql, LogAppend.Command(operation, caller, now, status, response, changes), cancellationToken);
            return new Committed(response, status, seq, Replayed: false);
        });

    /// <summary>Records facts in two round trips; see <see cref="FactCommand"/>.</summary>
    public Task<Outcome<Committed>> CommitAsync(
        Operation operation, Caller caller, FactCommand command, CancellationToken cancellationToken) =>
        RetryAsync(operation, async () =>
        {
            await using (var reads = dataSource.CreateBatch())
            {
                reads.BatchCommands.Add(SeenCommand(operation));
                command.AddReads(reads);
                await using var reader = await reads.ExecuteReaderAsync(cancellationToken);
                if (await ReadSeenAsync(reader, operation, caller, cancellationToken) is { } early) return early;
                if (reads.BatchCommands.Count > 1) await reader.NextResultAsync(cancellationToken);
                await command.ReadAsync(reader, cancellationToken);
            }

            var now = clock.GetUtcNow().ToMilliseconds();
            var decided = command.Decide(now);
            if (!decided.IsAccepted) return decided.Rejection;
            var writes = decided.Value;
            var append = LogAppend.Command(operation, caller, now, writes.Status, writes.Response, writes.Changes);
            var seq = await LaneOf(operation.StoreId).CommitAsync(writes.Statements, append);
            return new Committed(writes.Response, writes.Status, seq, Replayed: false);
        });

    private FactLane LaneOf(Guid storeId) => _lanes.GetOrAdd(storeId, static (_, source) => new FactLane(source), dataSource);

    // Whatever made an attempt fail, the next one begins with "was this operation seen": if a twin of it won, its answer is ours.
    private async Task<Outcome<Committed>> RetryAsync(Operation operation, Func<Task<Outcome<Committed>>> attempt)
    {
        var uniqueViolations = 0;
        for (var i = 1; ; i++)
        {
            try
            {
                var outcome = await attempt();
                if (outcome is { IsAccepted: true, Value.Replayed: false }) signal.Raise(operation.StoreId);
                return outcome;
            }
            catch (Exception e) when (i < Attempts && (StoreErrors.IsStale(e) || (StoreErrors.IsUniqueViolation(e) && ++uniqueViolations == 1)))
            {
                LogRetry(logger, operation.Id, i, e.Message);
            }
            catch (Exception e) when (StoreErrors.ToRejection(e) is { } rejection)
            {
                return rejection;
            }
        }
    }

    private static async Task<Outcome<Committed>?> SeenAsync(
        NpgsqlConnection connection, Operation operation, Caller caller, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SeenCommand(operation) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadSeenAsync(reader, operation, caller, cancellationToken);
    }

    private static NpgsqlBatchCommand SeenCommand(Operation operation) =>
        new("select request_hash, status, response, seq from operation where store_id = $1 and op_id = $2")
        {
            Parameters = { new() { Value = operation.StoreId }, new() { Value = operation.Id } },
        };

    // First "seen", then "may": a repeat is answered even if the caller has lost the right since, because it was done with it.
    private static async Task<Outcome<Committed>?> ReadSeenAsync(
        NpgsqlDataReader reader, Operation operation, Caller caller, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(cancellationToken))
        {
            return reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(operation.RequestHash.Span)
                ? new Committed(reader.GetString(2), reader.GetInt16(1), reader.GetInt64(3), Replayed: true)
                : StoreErrors.OperationReused;
        }
        if (!caller.HasStore(operation.StoreId)) return StoreErrors.NotFound;
        if (!Permissions.MaySend(caller, operation.StoreId, operation.Type)) return StoreErrors.Forbidden;
        return null;
    }

    // The append and the COMMIT travel together, so the head is locked for one round trip.
    private static async Task<long> AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlBatchCommand append, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { append, new NpgsqlBatchCommand("commit") } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var seq = reader.GetInt64(1);
        while (await reader.NextResultAsync(cancellationToken))
        {
            // The commit must have happened before the answer is given.
        }
        return seq;
    }

    [LoggerMessage(1001, LogLevel.Debug, "Operation {OperationId}: attempt {Attempt} starts over: {Reason}")]
    private static partial void LogRetry(ILogger logger, Guid operationId, int attempt, string reason);
}
