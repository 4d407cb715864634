using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>
/// Takes the known calendar out of a series before smoothing and puts it back into the forecast, so that models which know only time
/// do not mistake a promotion for a trend. Level, trend and weekday stay in: they are the smoother's own.
/// </summary>
internal static class CalendarAdjustment
{
    /// <summary>The observed values without the effects.</summary>
    public static double[] Remove(CalendarRegression? effects, TimeSeries series)
    {
        var values = series.Observed();
        if (effects is null)
            return values;
        var known = CalendarEffects.Of(effects, series, series.Count);
        for (var i = 0; i < values.Length; i++)
            values[i] = effects.Log ? (values[i] + 1) * Math.Exp(-known[i]) : values[i] - known[i];
        return values;
    }

    /// <summary>Puts the effects of the coming periods into a forecast, in place.</summary>
    public static double[] Restore(CalendarRegression? effects, TimeSeries history, double[] forecast)
    {
        if (effects is null)
            return forecast;
        var known = CalendarEffects.Of(effects, history, history.Count + forecast.Length, history.Count);
        for (var h = 0; h < forecast.Length; h++)
            forecast[h] = effects.Log ? forecast[h] * Math.Exp(known[h]) - 1 : forecast[h] + known[h];
        return forecast;
    }
}
