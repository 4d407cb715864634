namespace ChainSync.Realtime.Fleeting;

/// <summary>
/// Thins out what clients publish to one stream: per key the first goes out at once and opens a window; of what comes inside it the
/// newest goes out at its end and opens the next. Windows are all equally long, so a queue holds them in order of their ends, one
/// timer serves them all, and a key that falls silent is forgotten.
/// </summary>
internal sealed class FleetingFeed : IDisposable
{
    private readonly string _streamId;
    private readonly HubOptions _options;
    private readonly TimeProvider _clock;
    private readonly HubMetrics _metrics;
    private readonly IHubFanOut _fanOut;
    private readonly Lock _gate = new();
    private readonly Dictionary<FleetingKey, Window> _windows = [];
    private readonly Queue<Window> _ends = new();
    private readonly ITimer _timer;

    public FleetingFeed(string streamId, HubOptions options, TimeProvider clock, HubMetrics metrics, IHubFanOut fanOut)
    {
        (_streamId, _options, _clock, _metrics, _fanOut) = (streamId, options, clock, metrics, fanOut);
        _timer = clock.CreateTimer(static feed => ((FleetingFeed)feed!).EndWindows(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keys whose window is open.</summary>
    public int Count
    {
        get { lock (_gate) return _windows.Count; }
    }

    /// <summary>Takes an event. False when as many keys as may be are in use.</summary>
    public bool Offer(FleetingKey key, HubFleeting fleeting)
    {
        // Sent inside the lock: an older event must never pass a newer one.
        lock (_gate)
        {
            if (_windows.TryGetValue(key, out var window))
            {
                if (window.Held is not null) _metrics.Fleeting("merged", 1);
                window.Held = fleeting;
                return true;
            }
            if (_windows.Count >= _options.MaxFleetingKeys) return false;
            window = new(key);
            _windows.Add(key, window);
            Send(window, fleeting);
            if (_ends.Count == 1) Arm();
            return true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void EndWindows()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            while (_ends.TryPeek(out var window) && _clock.GetElapsedTime(window.Opened, now) >= _options.FleetingWindow)
            {
                _ends.Dequeue();
                if (window.Held is { } held) Send(window, held);
                else _windows.Remove(window.Key);
            }
            if (_ends.Count > 0) Arm();
        }
    }

    private void Send(Window window, HubFleeting fleeting)
    {
        window.Held = null;
        window.Opened = _clock.GetTimestamp();
        _ends.Enqueue(window);
        _fanOut.Send(_streamId, fleeting);
    }

    private void Arm()
    {
        var left = _options.FleetingWindow - _clock.GetElapsedTime(_ends.Peek().Opened);
        // Timers count whole milliseconds and cut the rest: never wake before the end.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private sealed class Window(FleetingKey key)
    {
        public FleetingKey Key { get; } = key;

        public long Opened { get; set; }

        public HubFleeting? Held { get; set; }
    }
}
