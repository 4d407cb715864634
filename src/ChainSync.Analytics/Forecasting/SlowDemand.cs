using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>
/// Where counting begins: below a mean of ten a period, single periods are mostly chance, logarithms measure zeros, and the median of a
/// day says nothing about an order. One border for all models, weights and intervals.
/// </summary>
internal static class SlowDemand
{
    public const double Limit = 10;

    /// <summary>One very brisk series must not hide many slow ones.</summary>
    private const double MostPerSeries = 100;

    public static bool Rules(IReadOnlyCollection<PanelSeries> panel) => panel.Average(s => Math.Min(s.OverallMean, MostPerSeries)) < Limit;

    public static bool Rules(IReadOnlyCollection<TimeSeries> panel) => panel.Average(s => Math.Min(OverallMean(s), MostPerSeries)) < Limit;

    private static double OverallMean(TimeSeries series) => Numerics.Statistics.Mean(series.Observed()) is var mean && double.IsNaN(mean) ? 0 : mean;

    public static bool Rules(IEnumerable<Replay> replays)
    {
        var (sum, count) = (0.0, 0);
        foreach (var replay in replays)
            foreach (var actual in replay.Actual)
                if (!double.IsNaN(actual))
                    (sum, count) = (sum + Math.Abs(actual), count + 1);
        return count > 0 && sum / count < Limit;
    }
}
