using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Backtesting;

public class BacktestTests
{
    public static TheoryData<string> Names => [.. ForecastModels.Singles.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_happens_after_the_origin_changes_no_forecast(string name)
    {
        const int Origin = 28;
        var panel = Panels.Brisk(2);
        var otherFuture = panel.Select(s => Rewritten(s, Origin)).ToList();
        var plan = BacktestPlan.Rolling(Origin, 1, 1);

        var replays = Backtest.Run(EveryModelTests.Model(name), panel, plan);
        var again = Backtest.Run(EveryModelTests.Model(name), otherFuture, plan);

        Assert.NotEqual(replays[0].Actual, again[0].Actual);
        for (var i = 0; i < replays.Count; i++)
            Assert.Equal(replays[i].Predicted, again[i].Predicted);
    }

    [Fact]
    public void Parallel_replay_gives_the_same_result_and_reports_progress()
    {
        var panel = Panels.Brisk(2);
        var plan = BacktestPlan.Rolling(14, 5, 10, refitEvery: 2);
        var seen = new Counter();

        var alone = Backtest.Run(ForecastModels.Named(ModelNames.Linear), panel, plan);
        var together = Backtest.Run(ForecastModels.Named(ModelNames.Linear), panel, plan, parallelism: 3, seen);

        Assert.Equal(alone.Select(r => (r.SeriesId, r.Origin)), together.Select(r => (r.SeriesId, r.Origin)));
        Assert.Equal(alone.SelectMany(r => r.Predicted), together.SelectMany(r => r.Predicted));
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void A_cancelled_replay_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Backtest.Run(ForecastModels.Named(ModelNames.Linear), Panels.Brisk(1), BacktestPlan.Rolling(7, 2, 7), cancellationToken: source.Token));
    }

    [Fact]
    public void The_newest_origin_starts_a_stretch_of_its_own_parameters()
    {
        var stretches = BacktestPlan.Rolling(30, 6, 15, refitEvery: 2).Stretches().ToList();

        Assert.Equal([[105], [90, 75], [60, 45], [30]], stretches);
    }

    [Fact]
    public void Accuracy_follows_the_hand_calculation()
    {
        var replay = new Replay("a", "", 3, [8, 12, 5, 7], [10, double.NaN, 5, 10], 2, [new IntervalBand(0.8, [9, 0, 4, 0], [12, 9, 6, 9])]);

        var whole = Accuracy.Of([replay]);
        var two = Accuracy.Of([replay], tradedPeriods: 2);

        Assert.Equal(5.0 / 25, whole.Wape, 1e-12);
        Assert.Equal(5.0 / 3 / 2, whole.Mase, 1e-12);
        Assert.Equal(-5.0 / 25, whole.Bias, 1e-12);
        Assert.Equal((2 * 2.0 / 18 + 0 + 2 * 3.0 / 17) / 3, whole.Smape, 1e-12);
        Assert.Equal(2.0 / 3, whole.Coverage[0.8], 1e-12);
        Assert.Equal(2.0 / 15, two.Wape, 1e-12);
        Assert.Equal(3, whole.Points);
    }

    private static TimeSeries Rewritten(TimeSeries series, int last)
    {
        var values = series.Values.ToArray();
        for (var i = values.Length - last; i < values.Length; i++)
            values[i] = 7 * values[i] + 1;
        return new TimeSeries(series.Id, series.Grain, series.Start, values, series.Known) { Group = series.Group };
    }

    private sealed class Counter : IProgress<BacktestProgress>
    {
        private int _count;

        public int Count => _count;

        public void Report(BacktestProgress value) => Interlocked.Increment(ref _count);
    }
}
