using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>Classical decomposition (moving average of one season) reduced to one index per phase; gaps are left out.</summary>
internal static class SeasonalIndices
{
    /// <summary>One index per phase of index 0, 1, …: differences that sum to 0, or factors with mean 1.</summary>
    public static double[] Of(ReadOnlySpan<double> values, int season, EtsPart kind)
    {
        var (sums, counts) = (new double[season], new int[season]);
        for (var i = 0; i < values.Length; i++)
        {
            var centre = Centred(values, i, season);
            if (double.IsNaN(values[i]) || double.IsNaN(centre) || (kind == EtsPart.Multiplicative && centre <= 0))
                continue;
            sums[i % season] += kind == EtsPart.Multiplicative ? values[i] / centre : values[i] - centre;
            counts[i % season]++;
        }
        var neutral = kind == EtsPart.Multiplicative ? 1.0 : 0.0;
        var indices = new double[season];
        for (var phase = 0; phase < season; phase++)
            indices[phase] = counts[phase] == 0 ? neutral : sums[phase] / counts[phase];
        var mean = Statistics.Mean(indices);
        for (var phase = 0; phase < season; phase++)
            indices[phase] = kind == EtsPart.Multiplicative ? indices[phase] / Math.Max(mean, 1e-12) : indices[phase] - mean;
        return indices;
    }

    /// <summary>Centred moving average over one season (2×m for even seasons); NaN at the ends. Missing values are skipped.</summary>
    private static double Centred(ReadOnlySpan<double> values, int centre, int season)
    {
        var half = season / 2;
        if (centre < half || centre + half >= values.Length)
            return double.NaN;
        var (sum, weight) = (0.0, 0.0);
        for (var i = centre - half; i <= centre + half; i++)
        {
            var share = season % 2 == 0 && (i == centre - half || i == centre + half) ? 0.5 : 1;
            if (!double.IsNaN(values[i]))
                (sum, weight) = (sum + share * values[i], weight + share);
        }
        return weight > 0 ? sum / weight : double.NaN;
    }
}
