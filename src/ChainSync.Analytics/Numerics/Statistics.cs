namespace ChainSync.Analytics.Numerics;

/// <summary>Small statistics on spans that may hold NaN for "not known".</summary>
internal static class Statistics
{
    /// <summary>Mean of the finite values; NaN when there are none.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
            if (!double.IsNaN(value))
                (sum, count) = (sum + value, count + 1);
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Quantile of sorted values with linear interpolation (type 7 of Hyndman and Fan 1996).</summary>
    /// <param name="sorted">Rising, not empty.</param>
    /// <param name="probability">0 … 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>Median of the finite values; NaN when there are none.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        var known = new double[values.Length];
        var count = 0;
        foreach (var value in values)
            if (!double.IsNaN(value))
                known[count++] = value;
        var sorted = known.AsSpan(0, count);
        sorted.Sort();
        return count == 0 ? double.NaN : Quantile(sorted, 0.5);
    }
}
