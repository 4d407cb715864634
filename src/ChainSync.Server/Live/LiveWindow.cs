using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>The hub's counters a second apart, for the last minute: what "per second" is worked out from.</summary>
public sealed class LiveWindow(Hub hub, LatencyHistogram latency, TimeProvider clock)
{
    /// <summary>Seconds that figures are taken over, once the server has run that long.</summary>
    public const int Seconds = 60;

    private readonly Lock _gate = new();
    private readonly Queue<Sample> _samples = new();

    /// <summary>Keeps the counters as they are now. Called once a second.</summary>
    public void Take()
    {
        var sample = Now();
        lock (_gate)
        {
            _samples.Enqueue(sample);
            while (_samples.Count > Seconds + 1) _samples.Dequeue();
        }
    }

    /// <summary>The counters of the oldest moment of the window and of this one.</summary>
    public (Sample From, Sample To) Ends()
    {
        var now = Now();
        lock (_gate) return (_samples.TryPeek(out var oldest) ? oldest : now, now);
    }

    private Sample Now() => new(clock.GetTimestamp(), hub.Counters(), latency.Counts());

    /// <summary>Counters since the start, at one moment.</summary>
    /// <param name="Timestamp">The moment, by the clock's <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="Hub">The hub's.</param>
    /// <param name="Latency">The histogram's.</param>
    public sealed record Sample(long Timestamp, HubCounters Hub, IReadOnlyList<long> Latency);
}

/// <summary>Looks at the counters once a second.</summary>
internal sealed class LiveSampler(LiveWindow window, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do window.Take();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
