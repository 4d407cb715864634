using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace ChainSync.Server.Sync;

/// <summary>
/// Commits the facts of one store. Writes that arrive while another is on its way to the disk go together in the next
/// transaction: one lock of the head and one flush for all of them. When nothing waits, nothing is delayed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing to release.")]
internal sealed class FactLane(NpgsqlDataSource dataSource)
{
    // Enough to share a flush among every till of a big store; small enough that one bad write costs few others a repeat.
    private const int GroupSize = 32;

    private readonly ConcurrentQueue<Pending> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Writes one operation's statements and then its log rows, whole or not at all.</summary>
    /// <param name="statements">In lock order.</param>
    /// <param name="append">Its <see cref="LogAppend"/>.</param>
    /// <returns>The operation's last seq.</returns>
    public async Task<long> CommitAsync(IReadOnlyList<NpgsqlBatchCommand> statements, NpgsqlBatchCommand append)
    {
        var mine = new Pending(statements, append);
        _waiting.Enqueue(mine);
        // Not cancellable: once queued it may be on its way, and a repeat of the operation is how a client learns what became of it.
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            // Whoever has the turn writes for all who wait, so mine may be done.
            while (!mine.Written.Task.IsCompleted) await WriteAsync(Take());
        }
        finally
        {
            _turn.Release();
        }
        return await mine.Written.Task;
    }

    private List<Pending> Take()
    {
        var group = new List<Pending>();
        while (group.Count < GroupSize && _waiting.TryDequeue(out var next)) group.Add(next);
        return group;
    }

    private async Task WriteAsync(List<Pending> group)
    {
        try
        {
            await WriteTogetherAsync(group);
        }
        catch (PostgresException) when (group.Count > 1)
        {
            // One of them cannot be written as it is; alone, each gets its own answer.
            foreach (var one in group) await WriteAsync([one.Again()]);
        }
        catch (Exception e)
        {
            foreach (var one in group) one.Written.TrySetException(e);
        }
    }

    // A batch without an explicit transaction is one implicit transaction. All rows first, then all log rows: the head is
    // taken as late as it can be and held to the commit.
    private async Task WriteTogetherAsync(List<Pending> group)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var statement in group.SelectMany(p => p.Statements)) batch.BatchCommands.Add(statement);
        foreach (var pending in group) batch.BatchCommands.Add(pending.Append);
        var seqs = await LastSeqsAsync(batch);
        foreach (var (pending, seq) in group.Zip(seqs)) pending.Written.TrySetResult(seq);
    }

    // Of all statements only the appends answer with three columns.
    private static async Task<List<long>> LastSeqsAsync(NpgsqlBatch batch)
    {
        var seqs = new List<long>();
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        do
        {
            if (reader.FieldCount == 3 && await reader.ReadAsync(CancellationToken.None)) seqs.Add(reader.GetInt64(1));
        }
        while (await reader.NextResultAsync(CancellationToken.None));
        return seqs;
    }

    private sealed record Pending(IReadOnlyList<NpgsqlBatchCommand> Statements, NpgsqlBatchCommand Append)
    {
        public TaskCompletionSource<long> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Npgsql's commands remember the connection that prepared them, so a second try is made with copies.
        public Pending Again() => this with { Statements = [.. Statements.Select(Copy)], Append = Copy(Append) };

        private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command)
        {
            var copy = new NpgsqlBatchCommand(command.CommandText);
            foreach (NpgsqlParameter parameter in command.Parameters) copy.Parameters.Add(parameter.Clone());
            return copy;
        }
    }
}
