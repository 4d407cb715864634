using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>First states of exponential smoothing: seasonal averages and a straight line through the first values, robust to gaps.</summary>
internal static class EtsStart
{
    public static EtsParameters Guess(double[] values, int season, EtsForm form)
    {
        var indices = form.Season == EtsPart.None ? [] : SeasonalIndices.Of(values.AsSpan(0, Math.Min(values.Length, 8 * season + season)), season, form.Season);
        var (level, trend) = Line(Adjusted(values, indices, form.Season), Math.Max(10, 2 * season));
        return new EtsParameters
        {
            Form = form,
            Alpha = 0.1,
            Beta = form.Trend == EtsPart.None ? 0 : 0.01,
            Gamma = form.Season == EtsPart.None ? 0 : 0.01,
            Phi = form.Damped ? 0.95 : 1,
            Level = form.Trend == EtsPart.None ? level + trend * Math.Max(5, season) : level,
            Trend = form.Trend == EtsPart.None ? 0 : trend,
            Season = indices,
        };
    }

    private static double[] Adjusted(double[] values, double[] indices, EtsPart kind)
    {
        var adjusted = (double[])values.Clone();
        if (indices.Length > 0)
            for (var i = 0; i < adjusted.Length; i++)
                adjusted[i] = kind == EtsPart.Multiplicative
                    ? adjusted[i] / Math.Max(indices[i % indices.Length], 1e-8)
                    : adjusted[i] - indices[i % indices.Length];
        return adjusted;
    }

    /// <summary>Least squares over the first known values: level one period before the first, slope per period.</summary>
    private static (double Level, double Slope) Line(double[] values, int count)
    {
        var equations = new NormalEquations(2);
        Span<double> row = [1, 0];
        for (var (i, seen) = (0, 0); i < values.Length && seen < count; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            row[1] = i + 1;
            equations.Add(row, values[i], 1);
            seen++;
        }
        var line = equations.Solve([0, 1e-9]);
        return (line[0], line[1]);
    }
}
