using ChainSync.Realtime;
using ChainSync.Server.Live;

namespace ChainSync.Server.Features.Realtime;

/// <summary>The hub of this server at one moment.</summary>
/// <param name="Connections">Open connections.</param>
/// <param name="Authenticated">Those that have signed in.</param>
/// <param name="Users">Distinct people among them.</param>
/// <param name="Subscriptions">Subscriptions by namespace; <c>store</c> counts those that follow a store as a whole.</param>
/// <param name="QueuedBytes">Bytes waiting for clients.</param>
/// <param name="Draining">Whether it is shutting down.</param>
/// <param name="PerSecond">Rates over the window.</param>
/// <param name="Latency">From the write's timestamp to the queues of those who follow, over the window.</param>
/// <param name="Totals">Counted since the start.</param>
/// <param name="Closes">Connections closed since the start, by close code.</param>
public sealed record HubStats(
    int Connections,
    int Authenticated,
    int Users,
    IReadOnlyDictionary<string, int> Subscriptions,
    long QueuedBytes,
    bool Draining,
    HubRates PerSecond,
    HubLatency Latency,
    HubTotals Totals,
    IReadOnlyDictionary<string, long> Closes)
{
    /// <summary>The hub now, with rates over the last minute or since the start, where that is less.</summary>
    public static HubStats Of(Hub hub, LiveWindow window, TimeProvider clock)
    {
        var (from, to) = window.Ends();
        var now = hub.Statistics();
        return new(
            now.Connections, now.Authenticated, now.Users, now.Subscriptions, now.QueuedBytes, now.Draining,
            HubRates.Between(from.Hub, to.Hub, clock.GetElapsedTime(from.Timestamp, to.Timestamp)),
            HubLatency.Of([.. to.Latency.Zip(from.Latency, (after, before) => after - before)]),
            new(now.ConnectionsAccepted, now.ConnectionsRefused, now.EventsPublished, now.Deliveries, now.FramesReceived, now.BytesSent, now.Writes),
            now.Closes);
    }
}

/// <summary>Rates.</summary>
/// <param name="WindowMs">What they are taken over, milliseconds.</param>
/// <param name="Events">Events handed to the hub, each second.</param>
/// <param name="Deliveries">Event frames queued to clients, each second.</param>
/// <param name="FramesReceived">Frames from clients, each second.</param>
/// <param name="BytesSent">Bytes written to clients, each second.</param>
public sealed record HubRates(long WindowMs, double Events, double Deliveries, double FramesReceived, double BytesSent)
{
    internal static HubRates Between(HubCounters from, HubCounters to, TimeSpan elapsed)
    {
        return new(
            (long)elapsed.TotalMilliseconds, Rate(to.EventsPublished - from.EventsPublished), Rate(to.Deliveries - from.Deliveries),
            Rate(to.FramesReceived - from.FramesReceived), Rate(to.BytesSent - from.BytesSent));

        double Rate(long counted) => elapsed > TimeSpan.Zero ? Math.Round(counted / elapsed.TotalSeconds, 3) : 0;
    }
}

/// <summary>Latency. A figure is the upper bound of the bucket that the share falls in.</summary>
/// <param name="Rows">Log rows counted.</param>
/// <param name="P50Ms">Half took no longer, milliseconds; absent when there were none.</param>
/// <param name="P95Ms">95 % took no longer.</param>
/// <param name="P99Ms">99 % took no longer.</param>
public sealed record HubLatency(long Rows, long? P50Ms, long? P95Ms, long? P99Ms)
{
    internal static HubLatency Of(IReadOnlyList<long> counts) => new(
        counts.Sum(), LatencyHistogram.Percentile(counts, 0.5), LatencyHistogram.Percentile(counts, 0.95), LatencyHistogram.Percentile(counts, 0.99));
}

/// <summary>What was counted since the start.</summary>
/// <param name="Accepted">Connections.</param>
/// <param name="Refused">Connections refused before the upgrade.</param>
/// <param name="Events">Events handed to the hub.</param>
/// <param name="Deliveries">Event frames queued to clients.</param>
/// <param name="FramesReceived">Frames from clients.</param>
/// <param name="BytesSent">Bytes written to clients.</param>
/// <param name="Writes">Writes to the network.</param>
public sealed record HubTotals(long Accepted, long Refused, long Events, long Deliveries, long FramesReceived, long BytesSent, long Writes);
