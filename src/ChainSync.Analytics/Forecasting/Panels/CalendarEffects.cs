using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Panels;

/// <summary>The part of a calendar regression that is not the models' own: everything but level, trend, weekday and hour.</summary>
internal static class CalendarEffects
{
    /// <summary>Effects for series that are long enough to learn them from; null when there is nothing to learn.</summary>
    public static CalendarRegression? Learn(TimeSeries series)
    {
        var longEnough = series.Count >= 2 * series.Grain.PeriodsPerYear();
        return (series.Known.Columns.Count == 0 && !longEnough) || series.Count < 60
            ? null
            : CalendarRegression.Fit(series, DesignParts.All);
    }

    /// <summary>Effect per period <paramref name="from"/> … <paramref name="to"/> − 1, on the regression's scale.</summary>
    public static double[] Of(CalendarRegression effects, TimeSeries series, int to, int from = 0) =>
        effects.Evaluate(series, to, IsKnown, from);

    private static bool IsKnown(string column) =>
        column is not ("level" or "trend") && !column.StartsWith("weekday ", StringComparison.Ordinal)
        && !column.StartsWith("hour ", StringComparison.Ordinal) && !column.StartsWith("weekend ", StringComparison.Ordinal);
}
