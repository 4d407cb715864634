namespace ChainSync.Realtime.Connections;

/// <summary>What to do with a client's next frame.</summary>
internal enum Allowance
{
    /// <summary>Within the rate.</summary>
    Granted,

    /// <summary>Over the rate: answered with an error and ignored.</summary>
    Refused,

    /// <summary>A full minute's worth was refused in a row: the client does not listen.</summary>
    Exhausted,
}

/// <summary>A token bucket: <paramref name="perMinute"/> frames at once, refilled evenly over a minute. Used by one loop only.</summary>
internal sealed class FrameAllowance(int perMinute, TimeProvider clock)
{
    private double _tokens = perMinute;
    private int _refused;
    private long _refilled = clock.GetTimestamp();

    public Allowance Take()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(perMinute, _tokens + clock.GetElapsedTime(_refilled, now).TotalMinutes * perMinute);
        _refilled = now;
        if (_tokens >= 1)
        {
            _tokens--;
            _refused = 0;
            return Allowance.Granted;
        }
        return ++_refused > perMinute ? Allowance.Exhausted : Allowance.Refused;
    }
}
