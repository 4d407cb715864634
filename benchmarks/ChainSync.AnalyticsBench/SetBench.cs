using System.Diagnostics;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Forecasting.Ensembles;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Replays every model on one data set, then the ensemble and the intervals from replays that had ended by each origin.</summary>
internal static class SetBench
{
    private static readonly double[] Levels = [0.80, 0.95];

    public static async Task RunAsync(DataSet set, Task<IReadOnlyList<string>>? asked, BenchOptions options, Report report, Goals goals)
    {
        var models = ForecastModels.Singles
            .Where(m => (options.Models?.Contains(m.Name) ?? true) && (set.Models.Count == 0 || set.Models.Contains(m.Name))).ToList();
        var replays = new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal);
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var run = ReplayStore.Through(options.Replays, set.Name, model.Name, () => Replayed(set, model, options.Parallelism));
            (replays[model.Name], times[model.Name]) = (run.Replays, run.FitMilliseconds);
        }
        var combined = set.Plan.Origins.SelectMany(o => Combine(replays, o, set.Plan.Horizon)).ToList();
        var peers = asked is null ? [] : PeersInR.Read(set, [.. replays.Values.First()], await asked);
        Print(set, replays, combined, peers, times, new Tables(set, report, goals));
    }

    private static KeptReplays Replayed(DataSet set, IForecastModel model, int parallelism)
    {
        var watch = Stopwatch.StartNew();
        var replays = Backtest.Run(model, set.Panel, PlanFor(model, set.Plan), parallelism);
        var seconds = watch.Elapsed.TotalSeconds;
        var fit = FitMilliseconds(model, set.Panel);
        Console.Error.WriteLine($"{set.Name} {model.Name}: replay {seconds:0.0} s, fit {fit:0.0} ms per series");
        return new KeptReplays(replays, fit);
    }

    /// <summary>The network is trained rarely, as in production; its inputs are always fresh.</summary>
    private static BacktestPlan PlanFor(IForecastModel model, BacktestPlan plan) =>
        model.Name == ModelNames.Lstm ? plan with { RefitEvery = 6 } : plan;

    /// <summary>Processor time per series, so that a busy machine does not count; global models learn from the whole panel. The replay has compiled all.</summary>
    private static double FitMilliseconds(IForecastModel model, IReadOnlyList<TimeSeries> panel)
    {
        var some = model.Name is ModelNames.Lstm or ModelNames.Trees ? panel : [.. panel.Take(5)];
        var before = Environment.CpuUsage.TotalTime;
        model.Fit(some);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / some.Count;
    }

    private static IEnumerable<Replay> Combine(Dictionary<string, IReadOnlyList<Replay>> replays, int origin, int horizon)
    {
        var ended = replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Where(x => x.Origin >= origin + horizon)], StringComparer.Ordinal);
        var weights = EnsembleWeights.Learn(ended);
        if (origin == horizon)
            foreach (var (group, shares) in weights.Groups)
                Console.Error.WriteLine($"weights {group}: {string.Join(" ", shares.OrderByDescending(s => s.Value).Select(s => $"{s.Key} {s.Value:0.00}"))}");
        var now = replays.ToDictionary(r => r.Key, r => r.Value.Where(x => x.Origin == origin).ToDictionary(x => x.SeriesId), StringComparer.Ordinal);
        foreach (var sample in now.Values.First().Values)
        {
            var forecasts = now.Where(n => n.Value.ContainsKey(sample.SeriesId)).ToDictionary(n => n.Key, n => n.Value[sample.SeriesId].Predicted, StringComparer.Ordinal);
            yield return sample with { Predicted = weights.Combine(sample.SeriesId, sample.Group, forecasts) };
        }
    }

    private static void Print(
        DataSet set,
        Dictionary<string, IReadOnlyList<Replay>> replays,
        List<Replay> combined,
        Dictionary<string, List<Replay>> peers,
        Dictionary<string, double> times,
        Tables tables)
    {
        foreach (var level in set.Panel.Select(s => s.Group).Distinct().ToList())
        {
            tables.Heading(level);
            foreach (var (name, all) in replays)
                tables.Row(level, name, Scored(all, level, set), Banded(all, level, set), times[name]);
            var ensemble = Scored(combined, level, set);
            tables.Row(level, ModelNames.Ensemble, ensemble, Banded(combined, level, set));
            var slow = IsSlow(ensemble);
            var medians = slow ? Medians(combined, level, set) : ensemble;
            if (slow)
                tables.Row(level, Goals.MedianRow, medians, []);
            tables.Peers(level, medians, peers);
        }
    }

    private static List<Replay> Scored(IReadOnlyList<Replay> all, string level, DataSet set) =>
        [.. set.ScoredOrigins.SelectMany(origin => all.Where(r => r.Group == level && r.Origin == origin))];

    /// <summary>Replays with bands learned from replays that had ended by then.</summary>
    private static List<Replay> Banded(IReadOnlyList<Replay> all, string level, DataSet set) => Calibrated(all, level, set, set.BandedOrigins, (calibration, r) =>
        r with { Bands = calibration.Bands(r.SeriesId, r.Group, r.Predicted, Levels) });

    private static List<Replay> Medians(IReadOnlyList<Replay> all, string level, DataSet set) => Calibrated(all, level, set, set.ScoredOrigins, (calibration, r) =>
        r with { Predicted = calibration.Quantile(r.SeriesId, r.Group, r.Predicted, 0.5) });

    private static List<Replay> Calibrated(
        IReadOnlyList<Replay> all, string level, DataSet set, IReadOnlyList<int> origins, Func<ConformalCalibration, Replay, Replay> apply)
    {
        var calibrated = new List<Replay>();
        foreach (var origin in origins)
        {
            var calibration = ConformalCalibration.Learn(all.Where(r => r.Group == level && r.Origin >= origin + set.Plan.Horizon));
            calibrated.AddRange(all.Where(r => r.Group == level && r.Origin == origin).Select(r => apply(calibration, r)));
        }
        return calibrated;
    }

    private static bool IsSlow(List<Replay> replays) => replays.SelectMany(r => r.Actual).Where(a => !double.IsNaN(a)).DefaultIfEmpty(0).Average() < 10;
}
