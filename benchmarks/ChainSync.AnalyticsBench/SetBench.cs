using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Forecasting.Ensembles;

namespace ChainSync.AnalyticsBench;

/// <summary>Replays models on one data set, then the ensemble and the intervals from replays that had ended by each origin.</summary>
internal sealed class SetBench(DataSet set)
{
    private static readonly double[] Levels = [0.80, 0.95];

    private readonly Dictionary<string, IReadOnlyList<Replay>> _replays = new(StringComparer.Ordinal);

    /// <summary>What is compared with R, per level.</summary>
    private readonly Dictionary<string, List<Replay>> _ours = new(StringComparer.Ordinal);

    public DataSet Set => set;

    public SetTables Tables { get; } = new(set);

    /// <summary>Replays one model and adds its rows.</summary>
    public void Replay(IForecastModel model, ReplayStore kept, int parallelism, IProgress<BacktestProgress> progress, CancellationToken stop)
    {
        var run = kept.Through(set, model.Name, () =>
        {
            var replays = Backtest.Run(model, set.Panel, set.PlanFor(model), parallelism, progress, stop);
            return new KeptReplays(replays, FitMilliseconds(model, stop));
        });
        _replays[model.Name] = run.Replays;
        foreach (var level in set.Groups)
            Tables.Add(level, model.Name, Scored(run.Replays, level), Banded(run.Replays, level), run.FitMilliseconds);
    }

    /// <summary>Adds the ensemble of all models replayed.</summary>
    public void Combine(CancellationToken stop)
    {
        var combined = new List<Replay>();
        foreach (var origin in set.Plan.Origins)
        {
            stop.ThrowIfCancellationRequested();
            combined.AddRange(CombineAt(origin));
        }
        foreach (var level in set.Groups)
        {
            var ensemble = Scored(combined, level);
            Tables.Add(level, ModelNames.Ensemble, ensemble, Banded(combined, level));
            _ours[level] = ensemble;
            if (!IsSlow(ensemble))
                continue;
            _ours[level] = Medians(combined, level);
            Tables.Add(level, Goals.MedianRow, _ours[level], []);
        }
        Tables.IsWhole = true;
    }

    /// <summary>Sets R's rows to what R has answered so far.</summary>
    public void Compare(IEnumerable<string> answers)
    {
        if (_ours.Count == 0)
            return;
        var peers = PeersInR.Read(set, _replays.Values.First(), answers);
        foreach (var (level, ours) in _ours)
            Tables.Compare(level, ours, peers);
    }

    /// <summary>Processor time per series, so that a busy machine does not count; global models learn from the whole panel. The replay has compiled all.</summary>
    private double FitMilliseconds(IForecastModel model, CancellationToken stop)
    {
        var some = model.Name is ModelNames.Lstm or ModelNames.Trees ? set.Panel : [.. set.Panel.Take(5)];
        var before = Environment.CpuUsage.TotalTime;
        model.Fit(some, stop);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / some.Count;
    }

    private IEnumerable<Replay> CombineAt(int origin)
    {
        var ended = _replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Where(x => x.Origin >= origin + set.Plan.Horizon)], StringComparer.Ordinal);
        var weights = EnsembleWeights.Learn(ended);
        if (origin == set.Plan.Origins[^1])
            foreach (var (group, shares) in weights.Groups)
                Console.Error.WriteLine($"{set.Name} weights, {group}: {string.Join(" ", shares.OrderByDescending(s => s.Value).Select(s => $"{s.Key} {s.Value:0.00}"))}");
        var now = _replays.ToDictionary(r => r.Key, r => r.Value.Where(x => x.Origin == origin).ToDictionary(x => x.SeriesId), StringComparer.Ordinal);
        foreach (var sample in now.Values.First().Values)
        {
            var forecasts = now.Where(n => n.Value.ContainsKey(sample.SeriesId)).ToDictionary(n => n.Key, n => n.Value[sample.SeriesId].Predicted, StringComparer.Ordinal);
            yield return sample with { Predicted = weights.Combine(sample.SeriesId, sample.Group, forecasts) };
        }
    }

    private List<Replay> Scored(IReadOnlyList<Replay> all, string level) =>
        [.. set.ScoredOrigins.SelectMany(origin => all.Where(r => r.Group == level && r.Origin == origin))];

    /// <summary>Replays with bands learned from replays that had ended by then.</summary>
    private List<Replay> Banded(IReadOnlyList<Replay> all, string level) => Calibrated(all, level, set.BandedOrigins, (calibration, r) =>
        r with { Bands = calibration.Bands(r.SeriesId, r.Group, r.Predicted, Levels) });

    /// <summary>Medians where there is evidence of errors, the expected value where there is none.</summary>
    private List<Replay> Medians(IReadOnlyList<Replay> all, string level) => Calibrated(all, level, set.ScoredOrigins, (calibration, r) =>
        calibration.Quantile(r.SeriesId, r.Group, r.Predicted, 0.5) is var median && Array.Exists(median, double.IsNaN) ? r : r with { Predicted = median });

    private List<Replay> Calibrated(
        IReadOnlyList<Replay> all, string level, IReadOnlyList<int> origins, Func<ConformalCalibration, Replay, Replay> apply)
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
