namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>Two ways to make one forecast of several.</summary>
internal static class Blend
{
    /// <summary>Σ weight · value / Σ weight: errors that point apart cancel.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="weights">As many, ≥ 0, not all 0.</param>
    public static double Mean(double[] values, double[] weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
            (sum, total) = (sum + weights[i] * values[i], total + weights[i]);
        return sum / total;
    }

    /// <summary>
    /// The value at half of the weight, each value standing at the middle of its own, straight between them: one far off has no pull
    /// beyond its weight. Equal weights give the usual median.
    /// </summary>
    /// <inheritdoc cref="Mean"/>
    public static double Median(double[] values, double[] weights)
    {
        var (sorted, shares) = ((double[])values.Clone(), (double[])weights.Clone());
        Array.Sort(sorted, shares);
        var (half, passed) = (shares.Sum() / 2, 0.0);
        var (before, value) = (double.NaN, double.NaN);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (shares[i] <= 0)
                continue;
            var middle = passed + shares[i] / 2;
            if (middle >= half)
                return double.IsNaN(value) ? sorted[i] : value + (sorted[i] - value) * (half - before) / (middle - before);
            (before, value, passed) = (middle, sorted[i], passed + shares[i]);
        }
        return value;
    }
}
