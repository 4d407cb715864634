using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ChainSync.Realtime;

/// <summary>Every instrument of the hub, and the totals behind <see cref="HubStatistics"/>. Tags: <c>code</c>, <c>status</c>, <c>result</c>.</summary>
internal sealed class HubMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ChainSync.Hub";

    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _events;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _received;
    private readonly Counter<long> _fleeting;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _writes;
    private readonly ConcurrentDictionary<string, long> _closesByCode = new(StringComparer.Ordinal);
    private long _accepted;
    private long _refused;
    private long _published;
    private long _delivered;
    private long _framesReceived;
    private long _bytesSent;
    private long _written;

    public HubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _connections = meter.CreateUpDownCounter<int>("chainsync.hub.connections", "{connection}", "Open connections.");
        _refusals = meter.CreateCounter<long>("chainsync.hub.refusals", "{connection}", "Connections refused before the upgrade, by HTTP status.");
        _closes = meter.CreateCounter<long>("chainsync.hub.closes", "{connection}", "Connections closed, by close code.");
        _resumes = meter.CreateCounter<long>("chainsync.hub.resumes", "{subscription}", "Resumed subscriptions: recovered, resync or epoch.");
        _events = meter.CreateCounter<long>("chainsync.hub.events", "{event}", "Events handed to the hub.");
        _deliveries = meter.CreateCounter<long>("chainsync.hub.deliveries", "{frame}", "Event frames queued to clients.");
        _received = meter.CreateCounter<long>("chainsync.hub.received", "{frame}", "Frames from clients.");
        _fleeting = meter.CreateCounter<long>("chainsync.hub.fleeting", "{event}", "Fleeting events: frames delivered or dropped, publishes merged or refused.");
        _bytes = meter.CreateCounter<long>("chainsync.hub.sent", "By", "Bytes written to clients.");
        _writes = meter.CreateCounter<long>("chainsync.hub.writes", "{write}", "Writes to clients' sockets.");
    }

    public void Opened()
    {
        Interlocked.Increment(ref _accepted);
        _connections.Add(1);
    }

    public void Ended() => _connections.Add(-1);

    public void Refused(int status)
    {
        Interlocked.Increment(ref _refused);
        _refusals.Add(1, new KeyValuePair<string, object?>("status", status));
    }

    public void Closed(int code)
    {
        var label = Label(code);
        _closesByCode.AddOrUpdate(label, 1, static (_, count) => count + 1);
        _closes.Add(1, new KeyValuePair<string, object?>("code", label));
    }

    public void Resumed(string result) => _resumes.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Published(int events)
    {
        Interlocked.Add(ref _published, events);
        _events.Add(events);
    }

    public void Delivered(int frames)
    {
        Interlocked.Add(ref _delivered, frames);
        _deliveries.Add(frames);
    }

    public void Fleeting(string result, int count) => _fleeting.Add(count, new KeyValuePair<string, object?>("result", result));

    public void Received()
    {
        Interlocked.Increment(ref _framesReceived);
        _received.Add(1);
    }

    public void Written(int bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Interlocked.Increment(ref _written);
        _bytes.Add(bytes);
        _writes.Add(1);
    }

    public HubStatistics Snapshot(int connections, int authenticated, int users, IReadOnlyDictionary<string, int> subscriptions, long queuedBytes, bool draining) =>
        new(connections, authenticated, users, subscriptions, new Dictionary<string, long>(_closesByCode),
            Volatile.Read(ref _accepted), Volatile.Read(ref _refused), Volatile.Read(ref _published), Volatile.Read(ref _delivered),
            Volatile.Read(ref _framesReceived), Volatile.Read(ref _bytesSent), Volatile.Read(ref _written), queuedBytes, draining);

    /// <summary>A client may close with any number; a metric may not have as many labels.</summary>
    private static string Label(int code) =>
        Enum.IsDefined((HubCloseCode)code) ? ((HubCloseCode)code).ToString() : code is >= 1000 and < 1016 ? $"{code}" : "other";
}
