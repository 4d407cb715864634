using ChainSync.Core;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Realtime;

/// <summary>
/// Sends a notice to one store or several. A transaction writes one store's log, so several stores are several commits, all under
/// the one operation id: each store takes it once, and a repeat after a failure reaches those that it has not reached.
/// </summary>
public sealed class SendNoticeHandler(StoreWriter writer, NpgsqlDataSource dataSource)
{
    private const string Operation = "notice.send";
    private const int StoresAtOnce = 8;

    private const string SeenSql = """
        select count(*) > 0, count(*) filter (where request_hash <> $3) > 0 from operation where store_id = any($1) and op_id = $2
        """;

    /// <summary>Sends it.</summary>
    /// <param name="notice">What to whom.</param>
    /// <param name="operationOf">The request as an operation of a type in a store.</param>
    /// <param name="caller">Who sends.</param>
    /// <param name="cancellationToken">Ends it between two stores.</param>
    /// <returns>Where it is, and whether all of it had been sent before.</returns>
    public async Task<Outcome<(NoticeSent Sent, bool Replayed)>> HandleAsync(
        SendNotice notice, Func<string, Guid, Operation> operationOf, Caller caller, CancellationToken cancellationToken)
    {
        var senders = await NoticeTargets.StoresOfAsync(dataSource, caller, cancellationToken);
        var (seen, reused) = await SeenAsync(senders, operationOf(Operation, Guid.Empty), cancellationToken);
        if (reused) return StoreErrors.OperationReused;
        if (!seen && caller.Role < Permissions.Needed(Operation)) return StoreErrors.Forbidden;
        if (notice.Check() is { } invalid) return invalid;
        var resolved = await NoticeTargets.ResolveAsync(dataSource, notice, senders, cancellationToken);
        if (!resolved.TryGet(out var targets, out var refusal)) return refusal;
        var operations = targets.StoreIds.Select(storeId => operationOf(Operation, storeId)).ToList();
        var outcomes = new Outcome<Committed>[operations.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = StoresAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, operations.Count, options, async (i, stopping) =>
            outcomes[i] = await writer.CommitAsync(operations[i], caller, new SendNoticeCommand(operations[i], notice, targets.Audience, caller), stopping));
        if (outcomes.FirstOrDefault(o => !o.IsAccepted) is { Rejection: { } rejected }) return rejected;
        var copies = operations.Zip(outcomes, (operation, outcome) => new NoticeCopy(operation.StoreId, outcome.Value.Seq)).ToList();
        return (new NoticeSent(operations[0].Id, copies), outcomes.All(o => o.Value.Replayed));
    }

    // Asked of all the sender's stores before the first is written: a key used twice must not be found out half way.
    private async Task<(bool Seen, bool Reused)> SeenAsync(List<Guid> storeIds, Operation operation, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SeenSql);
        foreach (var value in new object[] { storeIds.ToArray(), operation.Id, operation.RequestHash.ToArray() }) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }
}
