using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Linear;

/// <summary>Exponential smoothing of what a regression leaves over.</summary>
internal static class ResidualLevel
{
    private static readonly double[] Smoothings = [0.02, 0.04, 0.07, 0.12, 0.2, 0.3];
    private static readonly double[] Fadings = [0.9, 0.95, 0.98, 0.99, 1];
    private static readonly int[] Horizons = [1, 4, 7, 10, 14, 21, 28];

    /// <summary>Observed minus regression, on the regression's scale; NaN where not observed.</summary>
    public static double[] Of(CalendarRegression regression, TimeSeries series)
    {
        var residuals = series.Observed();
        ValueScale.Apply(residuals, regression.Log);
        var explained = regression.Evaluate(series, series.Count);
        for (var i = 0; i < residuals.Length; i++)
            residuals[i] -= explained[i];
        return residuals;
    }

    public static double Last(ReadOnlySpan<double> residuals, double smoothing)
    {
        var level = 0.0;
        foreach (var residual in residuals)
            level = Next(level, residual, smoothing);
        return level;
    }

    /// <summary>The pair with the smallest absolute error one to four weeks ahead over the last year.</summary>
    public static (double Smoothing, double Fading) Choose(double[] residuals, Grain grain)
    {
        var first = Math.Max(0, residuals.Length - (int)grain.PeriodsPerYear());
        var (best, chosen) = (double.PositiveInfinity, (0.0, 1.0));
        foreach (var smoothing in Smoothings)
        {
            var levels = new double[residuals.Length];
            for (var i = 0; i < levels.Length; i++)
                levels[i] = Next(i == 0 ? 0 : levels[i - 1], residuals[i], smoothing);
            foreach (var fading in Fadings)
            {
                var error = Error(residuals, levels, first, fading);
                if (error < best)
                    (best, chosen) = (error, (smoothing, fading));
            }
        }
        return chosen;
    }

    private static double Error(double[] residuals, double[] levels, int first, double fading)
    {
        var error = 0.0;
        foreach (var ahead in Horizons)
        {
            var kept = Math.Pow(fading, ahead);
            for (var i = Math.Max(first, ahead); i < residuals.Length; i++)
                if (!double.IsNaN(residuals[i]))
                    error += Math.Abs(residuals[i] - kept * levels[i - ahead]);
        }
        return error;
    }


    private static double Next(double level, double residual, double smoothing) =>
        double.IsNaN(residual) ? level : level + smoothing * (residual - level);
}
