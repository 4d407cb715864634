using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.TestKit;

public class TestClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var before = _clock.GetTimestamp();

        _clock.Advance(5 * Second);

        Assert.Equal(TestClock.Start + (5 * Second), _clock.GetUtcNow());
        Assert.Equal(5 * Second, _clock.GetElapsedTime(before));
    }

    [Fact]
    public void Timers_fire_in_order_of_due_time_each_at_exactly_its_time()
    {
        Arm("late", 3 * Second);
        Arm("early", 1 * Second);
        Arm("early too", 1 * Second);

        _clock.Advance(10 * Second);

        Assert.Equal(["early@1", "early too@1", "late@3"], _fired);
    }

    [Fact]
    public void A_timer_does_not_fire_before_its_time()
    {
        Arm("timer", 2 * Second);

        _clock.Advance((2 * Second) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["timer@2"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_each_period_passed()
    {
        Arm("tick", 1 * Second, 2 * Second);

        _clock.Advance(6 * Second);

        Assert.Equal(["tick@1", "tick@3", "tick@5"], _fired);
    }

    [Fact]
    public void A_timer_made_by_a_callback_fires_in_the_same_move_when_it_falls_due()
    {
        using var first = _clock.CreateTimer(_ => Arm("second", 1 * Second), null, 1 * Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(2 * Second);

        Assert.Equal(["second@2"], _fired);
    }

    [Fact]
    public void A_disposed_or_disarmed_timer_stays_silent()
    {
        var disposed = Arm("disposed", Second);
        var disarmed = Arm("disarmed", Second);

        disposed.Dispose();
        disarmed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(Second);

        Assert.Empty(_fired);
        Assert.False(disposed.Change(Second, Second));
    }

    [Fact]
    public async Task A_delay_in_the_background_ends_when_the_clock_gets_there()
    {
        var delay = Task.Run(() => Task.Delay(TimeSpan.FromHours(1), _clock));
        await _clock.WhenArmedAsync();

        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromHours(1));

        await delay;
    }

    [Fact]
    public async Task A_cancellation_by_time_follows_the_clock()
    {
        using var timeout = new CancellationTokenSource(Second, _clock);
        Assert.False(timeout.IsCancellationRequested);

        _clock.Advance(Second);

        await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(Timeout.Infinite, timeout.Token));
    }

    private ITimer Arm(string name, TimeSpan due, TimeSpan? period = null) =>
        _clock.CreateTimer(
            _ => _fired.Add($"{name}@{(_clock.GetUtcNow() - TestClock.Start).TotalSeconds:0.#######}"),
            null, due, period ?? Timeout.InfiniteTimeSpan);
}
