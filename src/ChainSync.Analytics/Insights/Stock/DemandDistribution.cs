using System.Text.Json;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Insights.Stock;

/// <summary>
/// What the demand of the next days together may turn out to be. No curve is assumed: sums over h days of replayed forecasts stand
/// beside what then sold, and the errors of the forecasts most alike in size, of the same group and the same h, become equally likely
/// outcomes. A product's own record widens or narrows them, shrunk to its group's.
/// </summary>
public sealed class DemandDistribution
{
    /// <summary>Replayed sums taken as outcomes: enough for a 99 % quantile, few enough to be of like size.</summary>
    private const int Alike = 400;

    /// <summary>Most replayed sums kept per group and number of days, evenly thinned by size.</summary>
    private const int MostKept = 4000;

    /// <summary>How many replays of the group one product's own error size must outweigh.</summary>
    private const double PriorReplays = 10;

    /// <summary>A product's own error size is at most so many times its group's, or as small a part: its past outages and windfalls are not its demand.</summary>
    private const double MostWidening = 3;

    private readonly Dictionary<string, double> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, int Days), DemandErrors> _pairs = [];

    private DemandDistribution(int longest) => Longest = longest;

    /// <summary>Most days a sum can be asked for.</summary>
    public int Longest { get; }

    /// <summary>Learns from replays of daily series.</summary>
    /// <param name="replays">Of the model whose forecasts will be asked about; all ended before those forecasts are made. Closed and unknown
    /// days count on neither side.</param>
    public static DemandDistribution Learn(IEnumerable<Replay> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var all = replays.ToList();
        var distribution = new DemandDistribution(all.Count == 0 ? 0 : all.Max(r => r.Actual.Length));
        foreach (var group in all.GroupBy(r => r.Group, StringComparer.Ordinal))
        {
            Replay[] members = [.. group];
            distribution.LearnSizes(members);
            for (var days = 1; days <= distribution.Longest; days++)
                distribution._pairs[(group.Key, days)] = distribution.LearnPairs(members, days);
        }
        return distribution;
    }

    /// <summary>UTF-8 JSON: sizes of errors and errors, no sales.</summary>
    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new SavedDemand(SavedDemand.Newest, Longest, _sizes, [.. _pairs.Select(p => new SavedErrors(p.Key.Group, p.Key.Days, p.Value))]),
        DemandJson.Default.SavedDemand);

    /// <summary>Reads what <see cref="Save"/> wrote; the answers are the same, bit for bit.</summary>
    /// <exception cref="JsonException">Not such JSON, or a newer version.</exception>
    public static DemandDistribution Load(ReadOnlySpan<byte> json)
    {
        if (JsonSerializer.Deserialize(json, DemandJson.Default.SavedDemand) is not { Version: <= SavedDemand.Newest, Sizes: not null, Errors: not null } saved)
            throw new JsonException($"The JSON holds no demand distribution of version {SavedDemand.Newest} or older.");
        var distribution = new DemandDistribution(saved.Longest);
        foreach (var (id, size) in saved.Sizes)
            distribution._sizes[id] = size;
        foreach (var (group, days, errors) in saved.Errors)
            distribution._pairs[(group, days)] = errors;
        return distribution;
    }

    /// <summary>Equally likely outcomes of the demand of the next <paramref name="days"/> days, rising, each ≥ 0; empty without evidence.</summary>
    /// <param name="seriesId">Product.</param>
    /// <param name="group">Its group.</param>
    /// <param name="expected">Sum of the forecast's means over these days; ≥ 0.</param>
    /// <param name="days">1 … <see cref="Longest"/>; longer stretches are answered as the longest.</param>
    public double[] Outcomes(string seriesId, string group, double expected, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        if (!_pairs.TryGetValue((group, Math.Min(days, Longest)), out var pairs))
            return [];
        var unit = _sizes.GetValueOrDefault(seriesId, 1) * Size(expected);
        var outcomes = pairs.Near(expected, Alike);
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = Math.Max(0, expected + unit * outcomes[i]);
        Array.Sort(outcomes);
        return outcomes;
    }

    /// <summary>
    /// The outcome that demand stays at or below with the given probability: rank ⌈(n + 1) p⌉ of n outcomes, the largest when they are too
    /// few to tell (split conformal prediction: Lei et al. 2018). NaN for none.
    /// </summary>
    /// <param name="outcomes">Rising.</param>
    /// <param name="probability">In (0, 1).</param>
    public static double Quantile(ReadOnlySpan<double> outcomes, double probability) => outcomes.IsEmpty
        ? double.NaN
        : outcomes[(int)Math.Clamp(Math.Ceiling((outcomes.Length + 1) * probability), 1, outcomes.Length) - 1];

    /// <summary>Counts spread with the root of their mean, levels in proportion to it; demand lies between.</summary>
    private static double Size(double expected) => Math.Pow(Math.Max(expected, 0.05), 0.6);

    private void LearnSizes(Replay[] group)
    {
        var own = new Dictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        var (all, count) = (0.0, 0);
        foreach (var replay in group)
        {
            var (sum, steps) = (0.0, 0);
            for (var days = 1; days <= replay.Actual.Length; days++)
                if (Sums(replay, days) is { } pair)
                    (sum, steps) = (sum + Math.Abs(pair.Actual - pair.Expected) / Size(pair.Expected), steps + 1);
            if (steps == 0)
                continue;
            var (before, replays) = own.GetValueOrDefault(replay.SeriesId);
            own[replay.SeriesId] = (before + sum / steps, replays + 1);
            (all, count) = (all + sum / steps, count + 1);
        }
        var usual = count > 0 && all > 0 ? all / count : 1;
        foreach (var (id, (sum, replays)) in own)
            _sizes[id] = Math.Clamp((sum + PriorReplays * usual) / (replays + PriorReplays) / usual, 1 / MostWidening, MostWidening);
    }

    private DemandErrors LearnPairs(Replay[] group, int days)
    {
        var known = new List<(double Expected, double Error)>();
        foreach (var replay in group)
            if (Sums(replay, days) is { } pair)
                known.Add((pair.Expected, (pair.Actual - pair.Expected) / (_sizes[replay.SeriesId] * Size(pair.Expected))));
        known.Sort(); // by both members, so that the order of the replays does not matter
        var step = Math.Max(1, (known.Count + MostKept - 1) / MostKept);
        var kept = known.Where((_, i) => i % step == 0).ToArray();
        return new DemandErrors(Array.ConvertAll(kept, k => k.Expected), Array.ConvertAll(kept, k => k.Error));
    }

    /// <summary>Sums over the known ones of the first days; null when a replay is shorter or fewer than four in five are known.</summary>
    private static (double Expected, double Actual)? Sums(Replay replay, int days)
    {
        if (replay.Actual.Length < days)
            return null;
        var (expected, actual, known) = (0.0, 0.0, 0);
        for (var h = 0; h < days; h++)
            if (!double.IsNaN(replay.Actual[h]))
                (expected, actual, known) = (expected + Math.Max(0, replay.Predicted[h]), actual + replay.Actual[h], known + 1);
        return 5 * known >= 4 * days ? (expected, actual) : null;
    }
}
