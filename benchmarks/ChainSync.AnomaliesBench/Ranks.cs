namespace ChainSync.AnomaliesBench;

/// <summary>Rank correlation.</summary>
internal static class Ranks
{
    /// <summary>Spearman's rho, ties by mean rank.</summary>
    public static double Spearman(IReadOnlyList<(double X, double Y)> pairs)
    {
        var (x, y) = (Of([.. pairs.Select(p => p.X)]), Of([.. pairs.Select(p => p.Y)]));
        var middle = (pairs.Count + 1) / 2.0;
        var (cross, squaresX, squaresY) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            cross += (x[i] - middle) * (y[i] - middle);
            squaresX += (x[i] - middle) * (x[i] - middle);
            squaresY += (y[i] - middle) * (y[i] - middle);
        }
        return cross / Math.Sqrt(squaresX * squaresY);
    }

    private static double[] Of(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return [.. values.Select(v => (Array.IndexOf(sorted, v) + Array.LastIndexOf(sorted, v)) / 2.0 + 1)];
    }
}
