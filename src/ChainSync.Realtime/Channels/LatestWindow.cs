namespace ChainSync.Realtime.Channels;

/// <summary>
/// Gathers a stream's events for those who want only the latest, so that they are reduced once for all of them. After a quiet while
/// an event is due at once; from then on what comes within the window is due together at its end. Guarded by the feed's lock.
/// </summary>
/// <param name="options">The window's length and bounds.</param>
/// <param name="clock">The clock.</param>
/// <param name="onEnd">Called when the time has come to send; not under the lock.</param>
internal sealed class LatestWindow(HubOptions options, TimeProvider clock, Action onEnd) : IDisposable
{
    private long? _sent;
    private ITimer? _timer;
    private bool _isTimed;

    /// <summary>What waits.</summary>
    public Conflation Events { get; } = new();

    /// <summary>The last position before everything that waits; null when nothing does.</summary>
    public long? After => Events.Count > 0 ? Events.After : null;

    /// <summary>Whether it holds as much as may be sent at once.</summary>
    public bool IsFull => Events.Count > options.RingEvents || Events.Bytes > options.RingBytes;

    public void Add(HubEvent hubEvent) => Events.Add(hubEvent);

    /// <summary>Whether what waits is to be sent now; if it is not, <c>onEnd</c> will be called when it is.</summary>
    public bool IsDue()
    {
        if (Events.Count == 0) return false;
        var left = _sent is { } sent ? options.LatestWindow - clock.GetElapsedTime(sent) : TimeSpan.Zero;
        if (left <= TimeSpan.Zero) return true;
        if (!_isTimed)
        {
            _isTimed = true;
            _timer ??= clock.CreateTimer(_ => onEnd(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
        return false;
    }

    /// <summary>The time has come that <see cref="IsDue"/> waited for.</summary>
    public void Ended() => _isTimed = false;

    /// <summary>Begins anew after everything has been sent.</summary>
    public void Sent()
    {
        if (Events.Count == 0) return;
        Events.Clear();
        _sent = clock.GetTimestamp();
    }

    public void Dispose() => _timer?.Dispose();
}
