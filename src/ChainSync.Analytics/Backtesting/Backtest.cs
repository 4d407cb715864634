using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// Rolling-origin evaluation (Tashman 2000). At each origin a model sees the history up to it and the calendar, never a later value:
/// the series handed to it is cut, not masked.
/// </summary>
public static class Backtest
{
    /// <summary>Replays a model.</summary>
    /// <param name="model">Model to judge.</param>
    /// <param name="panel">Series of one grain; one too short for an origin sits that origin out.</param>
    /// <param name="plan">Origins and horizon.</param>
    /// <param name="parallelism">Stretches replayed at once, ≥ 1. The result does not depend on it.</param>
    /// <param name="progress">Told after each stretch.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <returns>One replay per series and origin: oldest origin first, series in the panel's order.</returns>
    public static IReadOnlyList<Replay> Run(
        IForecastModel model,
        IReadOnlyList<TimeSeries> panel,
        BacktestPlan plan,
        int parallelism = 1,
        IProgress<BacktestProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(plan);
        var stretches = plan.Stretches().ToArray();
        var replays = new List<Replay>[stretches.Length];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, stretches.Length, options, i =>
        {
            replays[i] = ReplayStretch(model, panel, stretches[i], plan.Horizon, cancellationToken);
            progress?.Report(new BacktestProgress(model.Name, Interlocked.Increment(ref done), stretches.Length));
        });
        return [.. replays.SelectMany(r => r)];
    }

    private static List<Replay> ReplayStretch(
        IForecastModel model, IReadOnlyList<TimeSeries> panel, int[] origins, int horizon, CancellationToken cancellationToken)
    {
        var replays = new List<Replay>();
        var known = Cut(panel, origins[0]);
        if (known.Count == 0)
            return replays;
        var fitted = model.Fit(known, cancellationToken);
        var learned = known.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var origin in origins)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var series in panel)
                if (learned.Contains(series.Id))
                    replays.Add(ReplayOne(fitted, series, origin, horizon));
        }
        return replays;
    }

    private static List<TimeSeries> Cut(IReadOnlyList<TimeSeries> panel, int origin)
    {
        var cut = new List<TimeSeries>(panel.Count);
        foreach (var series in panel)
            if (series.Count > origin && series.Values[..^origin].ContainsAnyInRange(double.MinValue, double.MaxValue))
                cut.Add(series.Head(series.Count - origin));
        return cut;
    }

    private static Replay ReplayOne(FittedModel fitted, TimeSeries series, int origin, int horizon)
    {
        var history = series.Head(series.Count - origin);
        var actual = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            var index = history.Count + h;
            actual[h] = index < series.Count && series.IsObserved(index) ? series.Values[index] : double.NaN;
        }
        return new Replay(series.Id, series.Group, origin, fitted.Predict(history, horizon), actual, NaiveError(history), []);
    }

    private static double NaiveError(TimeSeries history)
    {
        var (season, sum, count) = (history.Grain.Season(), 0.0, 0);
        var observed = history.Observed();
        for (var i = season; i < observed.Length; i++)
            if (!double.IsNaN(observed[i] - observed[i - season]))
                (sum, count) = (sum + Math.Abs(observed[i] - observed[i - season]), count + 1);
        return count > 0 && sum > 0 ? sum / count : double.NaN;
    }
}
