using ChainSync.Analytics.Forecasting;

namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// Prediction intervals for any model from its own past errors (split-conformal prediction: Vovk et al. 2005; Lei et al. 2018).
/// Errors of earlier replays, in units of the series' usual error and of the forecast's size, are pooled over the series of a group
/// and neighbouring horizons; their quantiles become the ends of the band, each side by itself.
/// </summary>
public sealed class ConformalCalibration
{
    /// <summary>Horizons this near share their errors.</summary>
    private const int Neighbours = 3;

    /// <summary>How many periods of group evidence one series' own error size must outweigh.</summary>
    private const double PriorPoints = 10;

    private readonly Dictionary<string, double> _units;
    private readonly Dictionary<string, double[][]> _scores;

    private ConformalCalibration(Dictionary<string, double> units, Dictionary<string, double[][]> scores) => (_units, _scores) = (units, scores);

    /// <summary>Learns from replays.</summary>
    /// <param name="replays">Of one model; all of them must have ended before the moment the bands are issued.</param>
    public static ConformalCalibration Learn(IReadOnlyCollection<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var units = new Dictionary<string, double>(StringComparer.Ordinal);
        var scores = new Dictionary<string, double[][]>(StringComparer.Ordinal);
        foreach (var group in replays.GroupBy(r => r.Group, StringComparer.Ordinal))
        {
            LearnUnits(group, units);
            scores[group.Key] = LearnScores([.. group], units);
        }
        return new ConformalCalibration(units, scores);
    }

    /// <summary>Bands around point forecasts. Empty when the group has no errors to learn from.</summary>
    /// <param name="seriesId">Series; one without errors of its own uses the size of its forecast.</param>
    /// <param name="group">Its group.</param>
    /// <param name="predicted">Point forecasts; where they are 0 in closed periods, the band is 0 too if <paramref name="open"/> says so.</param>
    /// <param name="levels">Shares to hold, in (0, 1).</param>
    /// <param name="open">Tells which steps ahead are traded; all when null.</param>
    public IReadOnlyList<IntervalBand> Bands(
        string seriesId, string group, IReadOnlyList<double> predicted, IReadOnlyList<double> levels, Func<int, bool>? open = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(levels);
        if (!_scores.TryGetValue(group, out var scores) || scores.Length == 0)
            return [];
        var unit = _units.GetValueOrDefault(seriesId, 1);
        return [.. levels.Order().Select(level => Band(level, predicted, unit, scores, open))];
    }

    private static IntervalBand Band(double level, IReadOnlyList<double> predicted, double unit, double[][] scores, Func<int, bool>? open)
    {
        var (lower, upper) = (new double[predicted.Count], new double[predicted.Count]);
        for (var h = 0; h < predicted.Count; h++)
        {
            if (open is not null && !open(h))
                continue;
            var sorted = scores[Math.Min(h, scores.Length - 1)];
            var tail = (1 - level) / 2;
            var spread = unit * Size(predicted[h]);
            lower[h] = predicted[h] + spread * Outward(sorted, tail);
            upper[h] = predicted[h] + spread * Outward(sorted, 1 - tail);
            if (predicted[h] >= 0)
                lower[h] = Math.Max(0, lower[h]);
        }
        return new IntervalBand(level, lower, upper);
    }

    /// <summary>The conformal quantile: rank ⌈(n + 1) p⌉, so that a new score falls below it with probability at least p.</summary>
    private static double Outward(double[] sorted, double probability)
    {
        var n = sorted.Length;
        var rank = probability > 0.5 ? Math.Ceiling((n + 1) * probability) : Math.Floor((n + 1) * probability);
        return sorted[(int)Math.Clamp(rank - 1, 0, n - 1)];
    }

    /// <summary>Errors grow with the forecast, slower than in proportion.</summary>
    private static double Size(double predicted) => Math.Pow(Math.Max(Math.Abs(predicted), 0.1), 0.75);

    private static void LearnUnits(IEnumerable<Replay> group, Dictionary<string, double> units)
    {
        var own = new Dictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        var (all, allCount) = (0.0, 0);
        foreach (var replay in group)
        {
            var (sum, count) = own.GetValueOrDefault(replay.SeriesId);
            for (var h = 0; h < replay.Actual.Length; h++)
            {
                if (double.IsNaN(replay.Actual[h]))
                    continue;
                var error = Math.Abs(replay.Actual[h] - replay.Predicted[h]) / Size(replay.Predicted[h]);
                (sum, count, all, allCount) = (sum + error, count + 1, all + error, allCount + 1);
            }
            own[replay.SeriesId] = (sum, count);
        }
        var usual = allCount > 0 ? all / allCount : 1;
        foreach (var (id, (sum, count)) in own)
            units[id] = Math.Max((sum + PriorPoints * usual) / (count + PriorPoints), 1e-9);
    }

    private static double[][] LearnScores(IReadOnlyList<Replay> group, Dictionary<string, double> units)
    {
        var horizon = group.Max(r => r.Actual.Length);
        var perStep = new List<double>[horizon];
        for (var h = 0; h < horizon; h++)
            perStep[h] = [];
        foreach (var replay in group)
            for (var h = 0; h < replay.Actual.Length; h++)
                if (!double.IsNaN(replay.Actual[h]))
                    perStep[h].Add((replay.Actual[h] - replay.Predicted[h]) / (units[replay.SeriesId] * Size(replay.Predicted[h])));
        var pooled = new double[horizon][];
        for (var h = 0; h < horizon; h++)
        {
            pooled[h] = [.. perStep[Math.Max(0, h - Neighbours)..Math.Min(horizon, h + Neighbours + 1)].SelectMany(s => s)];
            Array.Sort(pooled[h]);
        }
        return pooled.Any(p => p.Length == 0) ? [] : pooled;
    }
}
