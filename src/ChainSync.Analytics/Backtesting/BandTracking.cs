namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// Whether bands made of older errors held the newer ones. Conformal ranks assume that errors to come are like those behind; where models
/// learn from ever longer histories, or a shop changes, they are not. So the past is replayed once more: at each origin bands of the errors that
/// had ended by then meet that origin's own, and each side is widened when too many fell outside and narrowed when too few did (adaptive
/// conformal inference: Gibbs and Candès 2021; tracking of the quantile itself: Angelopoulos, Candès and Tibshirani 2023).
/// </summary>
internal static class BandTracking
{
    private const double Tail = 0.1;

    /// <summary>How far one origin of which all fell outside moves the logarithm of a side's width.</summary>
    private const double Rate = 0.3;

    /// <summary>Origins that must have ended before the first bands are judged.</summary>
    private const int Fewest = 3;

    /// <param name="group">Replays of one group.</param>
    /// <param name="scores">Scores of a replay, on one scale for all.</param>
    /// <returns>Factors of the distance of the lower and the upper ends from the median.</returns>
    public static (double Lower, double Upper) Factors(Replay[] group, Func<Replay, IEnumerable<double>> scores)
    {
        var horizon = group[0].Actual.Length;
        var origins = group.GroupBy(r => r.Origin).OrderByDescending(o => o.Key)
            .Select(o => (Origin: o.Key, Scores: o.SelectMany(scores).Order().ToArray())).Where(o => o.Scores.Length > 0).ToArray();
        var (lower, upper, ended, before) = (1.0, 1.0, 0, Array.Empty<double>());
        foreach (var (origin, own) in origins)
        {
            for (; origins[ended].Origin >= origin + horizon; ended++)
                before = Merge(before, origins[ended].Scores);
            if (ended < Fewest)
                continue;
            var middle = At(before, 0.5);
            lower *= Math.Exp(Rate * (ShareBelow(own, middle + lower * (At(before, Tail) - middle)) - Tail));
            upper *= Math.Exp(Rate * (1 - ShareBelow(own, middle + upper * (At(before, 1 - Tail) - middle)) - Tail));
        }
        return (lower, upper);
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static double ShareBelow(double[] sorted, double value)
    {
        var at = Array.BinarySearch(sorted, value);
        return (double)(at >= 0 ? at : ~at) / sorted.Length;
    }

    private static double[] Merge(double[] a, double[] b)
    {
        var merged = new double[a.Length + b.Length];
        var (i, j) = (0, 0);
        for (var k = 0; k < merged.Length; k++)
            merged[k] = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i++] : b[j++];
        return merged;
    }
}
