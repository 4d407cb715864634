using ChainSync.Analytics.Forecasting.Smoothing;
using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>Tests that decide how often to difference.</summary>
internal static class Stationarity
{
    /// <summary>5 % point of the KPSS statistic around a level (Kwiatkowski, Phillips, Schmidt and Shin 1992, table 1).</summary>
    private const double KpssLevel5 = 0.463;

    /// <summary>Strength above which a season is differenced (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 9.9).</summary>
    private const double StrongSeason = 0.64;

    /// <summary>Smallest number of differences after which KPSS no longer rejects a constant level.</summary>
    public static int Differences(double[] values, int most)
    {
        var once = new ArimaOrder(0, 1, 0, 0, 0, 0, 1);
        for (var d = 0; d < most; d++)
        {
            if (Kpss(values) < KpssLevel5)
                return d;
            values = ArimaEstimator.Difference(values, once);
        }
        return most;
    }

    /// <summary>KPSS statistic with Bartlett weights up to 4 (n/100)^¼ lags; missing values are skipped.</summary>
    public static double Kpss(double[] values)
    {
        var known = values.Where(v => !double.IsNaN(v)).ToArray();
        var n = known.Length;
        if (n < 8)
            return 0;
        var mean = Statistics.Mean(known);
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in known)
        {
            sum += value - mean;
            squares += sum * sum;
        }
        var lags = (int)(4 * Math.Pow(n / 100.0, 0.25));
        var longRun = 0.0;
        for (var lag = 0; lag <= lags; lag++)
        {
            var covariance = 0.0;
            for (var i = lag; i < n; i++)
                covariance += (known[i] - mean) * (known[i - lag] - mean);
            longRun += (lag == 0 ? 1 : 2 * (1 - lag / (lags + 1.0))) * covariance / n;
        }
        return longRun <= 0 ? 0 : squares / ((double)n * n * longRun);
    }

    /// <summary>True when the season explains so much that it is better carried forward than averaged.</summary>
    public static bool NeedsSeasonalDifference(double[] values, int season)
    {
        var indices = SeasonalIndices.Of(values, season, EtsPart.Additive);
        var (rest, withSeason) = (new List<double>(), new List<double>());
        for (var i = season / 2; i + season / 2 < values.Length; i++)
        {
            var trend = Statistics.Mean(values.AsSpan(i - season / 2, season / 2 * 2 + 1));
            if (double.IsNaN(values[i]) || double.IsNaN(trend))
                continue;
            withSeason.Add(values[i] - trend);
            rest.Add(values[i] - trend - indices[i % season]);
        }
        return rest.Count > season && 1 - Variance(rest) / Math.Max(Variance(withSeason), 1e-300) > StrongSeason;
    }

    private static double Variance(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / values.Count;
    }
}
