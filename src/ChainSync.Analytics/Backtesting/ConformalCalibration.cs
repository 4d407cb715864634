using System.Text.Json.Serialization;
using ChainSync.Analytics.Forecasting;

namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// Prediction intervals for any model from its own past errors (split-conformal prediction: Vovk et al. 2005; Lei et al. 2018).
/// Errors of earlier replays, in units of the series' usual error and of the forecast's size, are pooled over the series of a group
/// and over neighbouring horizons (brisk groups) or forecasts of like size (slow groups, whose counts are skewed); their quantiles
/// become the ends of the band, widened or narrowed to what such bands held in the past (<see cref="BandTracking"/>).
/// </summary>
public sealed class ConformalCalibration
{
    private const int Neighbours = 3;
    private const int EnoughScores = 40;

    /// <summary>How many periods of group evidence one series' own error size must outweigh.</summary>
    private const double PriorPoints = 10;

    /// <summary>Borders of "like size" in slow groups, units per period.</summary>
    private static readonly double[] SizeBorders = [0.15, 0.3, 0.5, 0.75, 1.1, 1.6, 2.4, 4, 8];

    [JsonConstructor]
    internal ConformalCalibration(Dictionary<string, double> units, Dictionary<string, GroupScores> groups) => (Units, Groups) = (units, groups);

    [JsonInclude]
    internal Dictionary<string, double> Units { get; }

    [JsonInclude]
    internal Dictionary<string, GroupScores> Groups { get; }

    /// <summary>Learns from replays.</summary>
    /// <param name="replays">Of one model; all of them must have ended before the moment the bands are issued.</param>
    public static ConformalCalibration Learn(IEnumerable<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var units = new Dictionary<string, double>(StringComparer.Ordinal);
        var groups = new Dictionary<string, GroupScores>(StringComparer.Ordinal);
        foreach (var group in replays.GroupBy(r => r.Group, StringComparer.Ordinal))
        {
            Replay[] members = [.. group];
            var slow = SlowDemand.Rules(members);
            LearnUnits(members, slow, units);
            if (LearnScores(members, slow, units) is { } scores)
                groups[group.Key] = scores;
        }
        return new ConformalCalibration(units, groups);
    }

    /// <summary>Bands around point forecasts. Empty when the group has no errors to learn from.</summary>
    /// <param name="seriesId">Series; one without errors of its own uses the size of its forecast.</param>
    /// <param name="group">Its group.</param>
    /// <param name="predicted">Point forecasts per step ahead.</param>
    /// <param name="levels">Shares to hold, in (0, 1).</param>
    /// <param name="open">Tells which steps ahead are traded; all when null. The band of a closed period is 0 … 0.</param>
    public IReadOnlyList<IntervalBand> Bands(
        string seriesId, string group, IReadOnlyList<double> predicted, IReadOnlyList<double> levels, Func<int, bool>? open = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(levels);
        if (!Groups.TryGetValue(group, out var scores))
            return [];
        var bands = new List<IntervalBand>();
        foreach (var level in levels.Order())
        {
            var (lower, upper) = (new double[predicted.Count], new double[predicted.Count]);
            for (var h = 0; h < predicted.Count; h++)
                if (open is null || open(h))
                    (lower[h], upper[h]) = Ends(scores, Unit(seriesId, scores.Slow), predicted[h], h, level);
            bands.Add(new IntervalBand(level, lower, upper));
        }
        return bands;
    }

    /// <summary>
    /// The value that demand stays below with the given probability, per step ahead: how much to have in stock for a service level.
    /// At 0.5 it is the median, the best guess of a single slow day; the expected value is best for sums. NaN without evidence.
    /// </summary>
    /// <param name="seriesId">Series.</param>
    /// <param name="group">Its group.</param>
    /// <param name="predicted">Point forecasts.</param>
    /// <param name="probability">In (0, 1).</param>
    public double[] Quantile(string seriesId, string group, IReadOnlyList<double> predicted, double probability)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        var quantile = new double[predicted.Count];
        var known = Groups.TryGetValue(group, out var scores);
        for (var h = 0; h < quantile.Length; h++)
            quantile[h] = known ? At(scores!, Unit(seriesId, scores!.Slow), predicted[h], h, probability) : double.NaN;
        return quantile;
    }

    /// <summary>Equal tails; when the lower tail ends at nothing sold, the whole miss goes to the upper one.</summary>
    private static (double Lower, double Upper) Ends(GroupScores scores, double unit, double predicted, int step, double level)
    {
        var lower = At(scores, unit, predicted, step, (1 - level) / 2);
        return lower <= 0 && predicted >= 0
            ? (0, At(scores, unit, predicted, step, level))
            : (lower, At(scores, unit, predicted, step, (1 + level) / 2));
    }

    private static double At(GroupScores scores, double unit, double predicted, int step, double probability)
    {
        var cell = scores.Slow ? Bin(predicted) : Math.Min(step, scores.Sorted.Length - 1);
        var value = predicted + unit * Size(predicted, scores.Slow) * scores.Spread[cell] * Score(scores, scores.Sorted[cell], probability);
        return predicted >= 0 ? Math.Max(0, value) : value;
    }

    private static double Score(GroupScores scores, double[] sorted, double probability)
    {
        var (middle, end) = (sorted[sorted.Length / 2], Rank(sorted, scores.Independent, probability));
        return middle + (probability < 0.5 ? scores.Lower : scores.Upper) * (end - middle);
    }

    /// <summary>
    /// The conformal quantile: rank ⌈(m + 1) p⌉ of m independent scores, so that a new one stays below it with probability at least p. Of
    /// n scores that are worth m, it is the rank n (m + 1) p / m.
    /// </summary>
    private static double Rank(double[] sorted, double independent, double probability)
    {
        var n = sorted.Length;
        var m = independent > 0 ? Math.Min(independent, n) : n;
        var upper = probability >= 0.5;
        var fromEnd = n - n * (m + 1) / m * (upper ? probability : 1 - probability);
        var rank = (int)Math.Clamp(Math.Floor(fromEnd + 1e-9), 0, n - 1);
        return upper ? sorted[n - 1 - rank] : sorted[rank];
    }

    private double Unit(string seriesId, bool slow) => slow ? 1 : Units.GetValueOrDefault(seriesId, 1);

    private static int Bin(double predicted)
    {
        var bin = Array.BinarySearch(SizeBorders, predicted);
        return bin >= 0 ? bin : ~bin;
    }

    /// <summary>Errors grow with the forecast: slower than in proportion in brisk series; counts are scaled by their mean.</summary>
    private static double Size(double predicted, bool slow) =>
        slow ? Math.Max(predicted, 0.02) : Math.Pow(Math.Max(Math.Abs(predicted), 0.1), 0.75);

    private static void LearnUnits(Replay[] group, bool slow, Dictionary<string, double> units)
    {
        var own = new Dictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        var (all, allCount) = (0.0, 0);
        foreach (var (replay, h) in Known(group))
        {
            var error = Math.Abs(replay.Actual[h] - replay.Predicted[h]) / Size(replay.Predicted[h], slow);
            var (sum, count) = own.GetValueOrDefault(replay.SeriesId);
            own[replay.SeriesId] = (sum + error, count + 1);
            (all, allCount) = (all + error, allCount + 1);
        }
        var usual = allCount > 0 ? all / allCount : 1;
        foreach (var (id, (sum, count)) in own)
            units[id] = slow ? 1 : Math.Max((sum + PriorPoints * usual) / (count + PriorPoints), 1e-9);
    }

    private static GroupScores? LearnScores(Replay[] group, bool slow, Dictionary<string, double> units)
    {
        var cells = slow ? SizeBorders.Length + 1 : group.Max(r => r.Actual.Length);
        var scores = new List<double>[cells];
        for (var cell = 0; cell < cells; cell++)
            scores[cell] = [];
        foreach (var (replay, h) in Known(group))
        {
            var score = (replay.Actual[h] - replay.Predicted[h]) / (units[replay.SeriesId] * Size(replay.Predicted[h], slow));
            scores[slow ? Bin(replay.Predicted[h]) : h].Add(score);
        }
        var all = scores.SelectMany(c => c).ToArray();
        if (all.Length == 0)
            return null;
        var reach = slow ? 0 : Neighbours;
        var spread = new double[cells];
        for (var cell = 0; cell < cells; cell++)
            spread[cell] = slow ? 1 : MeanSize(Near(scores, cell, reach), all);
        for (var cell = 0; cell < cells; cell++)
            for (var i = 0; i < scores[cell].Count; i++)
                scores[cell][i] /= spread[cell];
        var sorted = Enumerable.Range(0, cells).Select(cell => Pool(scores, cell, reach)).ToArray();
        var (lower, upper) = slow ? (1, 1) : BandTracking.Factors(group, r => Scores(r, slow, units, spread));
        return new GroupScores(slow, spread, sorted, Independence.Of(group, r => Scores(r, slow, units, spread)), lower, upper);
    }

    /// <summary>Scores of one replay in units of their cells.</summary>
    private static IEnumerable<double> Scores(Replay replay, bool slow, Dictionary<string, double> units, double[] spread)
    {
        for (var h = 0; h < replay.Actual.Length; h++)
            if (!double.IsNaN(replay.Actual[h]))
                yield return (replay.Actual[h] - replay.Predicted[h])
                    / (units[replay.SeriesId] * Size(replay.Predicted[h], slow) * spread[slow ? Bin(replay.Predicted[h]) : h]);
    }

    /// <summary>Sorted scores of a cell and its neighbours, reaching further until there are enough.</summary>
    private static double[] Pool(List<double>[] scores, int cell, int reach)
    {
        var pooled = Near(scores, cell, reach);
        for (; pooled.Length < EnoughScores && reach < scores.Length; reach++)
            pooled = Near(scores, cell, reach + 1);
        Array.Sort(pooled);
        return pooled;
    }

    private static double[] Near(List<double>[] scores, int cell, int reach) =>
        [.. scores[Math.Max(0, cell - reach)..Math.Min(scores.Length, cell + reach + 1)].SelectMany(c => c)];

    /// <summary>Mean absolute score, never so small that a lucky cell would lose its band.</summary>
    private static double MeanSize(double[] scores, double[] all)
    {
        var usual = all.Average(Math.Abs);
        return scores.Length == 0 ? Math.Max(usual, 1e-9) : Math.Max(scores.Average(Math.Abs), Math.Max(0.1 * usual, 1e-9));
    }

    private static IEnumerable<(Replay Replay, int Step)> Known(Replay[] group)
    {
        foreach (var replay in group)
            for (var h = 0; h < replay.Actual.Length; h++)
                if (!double.IsNaN(replay.Actual[h]))
                    yield return (replay, h);
    }
}

/// <summary>Sorted scores of one group.</summary>
/// <param name="Slow">True when cells are sizes of the forecast, false when they are steps ahead.</param>
/// <param name="Spread">Mean size of the scores per cell; errors grow with the horizon.</param>
/// <param name="Sorted">Rising scores per cell in units of its spread, none empty.</param>
/// <param name="Independent">How many independent scores all of them are worth; 0 in models saved before this was known: as many as there are.</param>
/// <param name="Lower">Factor of the distance of lower ends from the median.</param>
/// <param name="Upper">Of upper ends.</param>
internal sealed record GroupScores(bool Slow, double[] Spread, double[][] Sorted, double Independent = 0, double Lower = 1, double Upper = 1);
