namespace ChainSync.Realtime;

public sealed partial class Hub
{
    private static readonly Dictionary<string, int> NoSubscriptions = [];

    /// <summary>The version of the frames, told in <c>welcome</c>.</summary>
    public const int ProtocolVersion = 1;

    /// <summary>What has been counted since the start. Walks nothing: fit for a timer.</summary>
    public HubCounters Counters()
    {
        var counted = Metrics.Snapshot(connections: 0, authenticated: 0, users: 0, NoSubscriptions, queuedBytes: 0, _draining);
        return new(counted.EventsPublished, counted.Deliveries, counted.FramesReceived, counted.BytesSent, counted.Writes);
    }
}
