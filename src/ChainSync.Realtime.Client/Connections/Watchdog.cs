namespace ChainSync.Realtime.Client.Connections;

/// <summary>
/// Holds a connection to its deadlines: to be signed in, then to hear something. A line gone quiet is asked for a sign of life, and
/// is dead without one, whatever the socket believes. Time in which the program itself does not read does not count.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _answer;
    private readonly Action _probe;
    private readonly Action _dead;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TimeSpan? _quiet;
    private long _heard;
    private bool _paused;
    private bool _probing;
    private bool _over;

    public Watchdog(RealtimeClientOptions options, Action probe, Action dead)
    {
        (_clock, _answer, _probe, _dead) = (options.Clock, options.AnswerTimeout, probe, dead);
        _timer = _clock.CreateTimer(static state => ((Watchdog)state!).Look(), this, options.ConnectTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Signed in: from now on silence longer than <paramref name="heartbeat"/> and the answer's time is suspicious.</summary>
    public void Open(TimeSpan heartbeat)
    {
        lock (_gate)
        {
            _quiet = heartbeat + _answer;
            (_heard, _probing) = (_clock.GetTimestamp(), false);
            _timer.Change(_quiet.Value, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Something has arrived and is being dealt with; until <see cref="Reading"/> the peer is not to blame for silence.</summary>
    public void Heard()
    {
        lock (_gate) _paused = true;
    }

    /// <summary>The program reads again.</summary>
    public void Reading()
    {
        lock (_gate)
        {
            (_heard, _paused) = (_clock.GetTimestamp(), false);
            if (!_probing) return;
            _probing = false;
            if (_quiet is { } quiet) _timer.Change(quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Asks for a sign of life now.</summary>
    public void Probe()
    {
        lock (_gate)
        {
            if (_quiet is null || _over) return;
            _probing = true;
            _timer.Change(_answer, Timeout.InfiniteTimeSpan);
        }
        _probe();
    }

    public void Dispose()
    {
        lock (_gate) _over = true;
        _timer.Dispose();
    }

    private void Look()
    {
        bool dead;
        lock (_gate)
        {
            if (_over) return;
            if (_quiet is { } quiet && !(_probing && !_paused))
            {
                var left = _paused ? quiet : quiet - _clock.GetElapsedTime(_heard);
                if (left > TimeSpan.Zero)
                {
                    _timer.Change(left, Timeout.InfiniteTimeSpan);
                    return;
                }
                _probing = true;
                _timer.Change(_answer, Timeout.InfiniteTimeSpan);
            }
            else _over = true;
            dead = _over;
        }
        if (dead) _dead();
        else _probe();
    }
}
