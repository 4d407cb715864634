using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights.Changes;

/// <summary>The weeks of a daily series, counted back from its last day, so that the newest week is whole.</summary>
internal sealed class Weeks
{
    /// <summary>A week with fewer known days says too little.</summary>
    private const int FewestDays = 4;

    /// <summary>Weeks after which the same season comes back.</summary>
    public const int PerYear = 52;

    private Weeks(double[] totals, bool log) => (Totals, Log) = (totals, log);

    /// <summary>Mean of the known days times 7, oldest first; NaN for a week with fewer than four.</summary>
    public double[] Totals { get; }

    /// <summary>True when changes are measured as factors; false for slow series, whose counts are measured by their root.</summary>
    public bool Log { get; }

    public int Count => Totals.Length;

    public static Weeks Of(TimeSeries series)
    {
        var totals = new double[series.Count / 7];
        for (var w = 0; w < totals.Length; w++)
        {
            var (sum, known) = (0.0, 0);
            for (var i = FirstDay(series, totals.Length, w); i < FirstDay(series, totals.Length, w + 1); i++)
                if (series.IsObserved(i))
                    (sum, known) = (sum + series.Values[i], known + 1);
            totals[w] = known >= FewestDays ? 7 * sum / known : double.NaN;
        }
        return new Weeks(totals, Statistics.Mean(totals) >= 7 * Forecasting.SlowDemand.Limit);
    }

    /// <summary>Place of the first day of a week in the series.</summary>
    public static int FirstDay(TimeSeries series, int weeks, int week) => series.Count - 7 * (weeks - week);

    /// <summary>Totals on the scale on which chance has the same size at every level: logarithm, or twice the root (Anscombe 1948).</summary>
    public double[] Stable() => Array.ConvertAll(Totals, t => Log ? Math.Log(Math.Max(t, 0) + 1) : 2 * Math.Sqrt(Math.Max(t, 0) + 0.375));

    /// <summary>What a week would have been without a shift of the stable scale.</summary>
    public double Without(double total, double shift)
    {
        if (Log)
            return Math.Max(0, (total + 1) * Math.Exp(-shift) - 1);
        var root = Math.Max(0, Math.Sqrt(total + 0.375) - shift / 2);
        return Math.Max(0, root * root - 0.375);
    }
}
