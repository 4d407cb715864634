namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// How many independent errors a set of replays is worth. Errors of one origin come together: when a month is forecast too high, it is so
/// on all its days and in most stores. Thousands of scores from a dozen origins are then worth some dozens, and bands that take them for
/// thousands are too narrow (the design effect of cluster sampling: Kish 1965; for conformal prediction: Dunn, Wasserman and Ramdas 2023).
/// </summary>
internal static class Independence
{
    /// <summary>Share of scores in each tail that is watched.</summary>
    private const double Tail = 0.1;

    /// <summary>
    /// What one origin is worth before its likeness can be measured: one score for each series, whose errors over a horizon go together, and
    /// not more than some for all, as series of one chain do too. It outweighs one origin.
    /// </summary>
    private const double MostPerOrigin = 10;

    private const double PriorOrigins = 1;

    /// <param name="group">Replays of one group.</param>
    /// <param name="scores">Scores of a replay, on one scale for all.</param>
    public static double Of(Replay[] group, Func<Replay, IEnumerable<double>> scores)
    {
        var byOrigin = group.GroupBy(r => r.Origin).Select(o => (Origin: o.Key, Scores: o.SelectMany(scores).ToArray())).Where(o => o.Scores.Length > 0).ToArray();
        var sorted = byOrigin.SelectMany(o => o.Scores).Order().ToArray();
        var (low, high) = (sorted[(int)(Tail * (sorted.Length - 1))], sorted[(int)((1 - Tail) * (sorted.Length - 1))]);
        var separate = Separate(byOrigin.Select(o => o.Origin).ToArray(), group[0].Actual.Length);
        var variance = (Variance(byOrigin, s => s > high) + Variance(byOrigin, s => s < low)) / 2;
        var usual = Tail * (1 - Tail) / Math.Min(MostPerOrigin, group.Select(r => r.SeriesId).Distinct().Count());
        var blended = (PriorOrigins * usual + byOrigin.Length * variance) / (PriorOrigins + byOrigin.Length);
        return Math.Clamp(separate * Tail * (1 - Tail) / Math.Max(blended, 1e-12), separate, sorted.Length);
    }

    /// <summary>Origins whose horizons do not overlap, of those there are.</summary>
    private static double Separate(int[] origins, int horizon) => Math.Min(origins.Length, 1 + (double)(origins.Max() - origins.Min()) / horizon);

    /// <summary>How much the share of scores in a tail varies from origin to origin.</summary>
    private static double Variance((int Origin, double[] Scores)[] origins, Func<double, bool> inTail)
    {
        var shares = Array.ConvertAll(origins, o => (double)o.Scores.Count(inTail) / o.Scores.Length);
        var mean = shares.Average();
        return shares.Sum(s => (s - mean) * (s - mean)) / Math.Max(1, shares.Length - 1);
    }
}
