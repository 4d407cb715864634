namespace ChainSync.Realtime.Client.Connections;

/// <summary>
/// Keeps frames about subscriptions well within the hub's rate (100 frames of any kind a minute), however many are wanted one by one:
/// some go at once, then one a second, each with all that has gathered meanwhile.
/// </summary>
internal sealed class Pace(TimeProvider clock)
{
    private const int AtOnce = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _started = clock.GetTimestamp();

    // When all frames so far would have gone at one a second; it may be ahead of the clock by what may go at once.
    private TimeSpan _evenly;

    /// <summary>How long no frame may go; not above zero when one may.</summary>
    public TimeSpan Wait => _evenly - Now - ((AtOnce - 1) * Interval);

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>A frame goes.</summary>
    public void Count()
    {
        var now = Now;
        _evenly = (_evenly > now ? _evenly : now) + Interval;
    }
}
