using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>The change log as the hub's history: a stream is a store.</summary>
public sealed class LogHistory(LogReader log) : IHubHistory
{
    public async ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(Guid.Parse(streamId), cancellationToken)
            ?? throw new InvalidOperationException($"No store {streamId}: the authority resolves only stores that exist.");
        return new HubPosition(head.Seq, head.Epoch.ToString());
    }

    public async ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken)
    {
        var storeId = Guid.Parse(streamId);
        if (await log.HeadAsync(storeId, cancellationToken) is not { } head) return HubPage.Gone;
        if (head.Epoch.ToString() != after.Epoch || after.Seq > head.Seq) return HubPage.Gone;
        var rows = await log.ReadAsync(storeId, after.Seq, limit, cancellationToken);
        return new HubPage(HubEvents.Of(rows), rows.Count == 0 ? after.Seq : rows[^1].Seq);
    }
}
