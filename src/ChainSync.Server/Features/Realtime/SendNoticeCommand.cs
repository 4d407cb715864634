using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Realtime;

/// <summary>A notice in one store's log. It is the log row and nothing else: who was away reads it there.</summary>
public sealed class SendNoticeCommand(Operation operation, SendNotice notice, string audience, Caller caller) : FactCommand
{
    public override void AddReads(NpgsqlBatch batch)
    {
    }

    public override Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Outcome<FactWrites> Decide(DateTimeOffset now)
    {
        if (notice.Check() is { } invalid) return invalid;
        // A channel that the sender may not see is for them not there.
        if (audience != Notice.WholeStore && !Permissions.MaySee(caller.Role, audience)) return StoreErrors.NotFound;
        var recorded = new Notice(operation.Id, notice.Type, audience, notice.Data, caller.Name, now, caller.Id, notice.TargetUserId);
        var body = JsonSerializer.Serialize(recorded, ChainSyncJson.Default.Notice);
        return new FactWrites(body, [], [new Change("notice", recorded.Id, 1, ChangeKind.Create, body)]);
    }
}
