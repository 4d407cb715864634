using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>
/// Maximum likelihood for exponential smoothing (Hyndman, Koehler, Snyder and Grose 2002). Short series estimate the first states too;
/// in long ones they are forgotten, so the heuristic values do.
/// </summary>
internal static class EtsEstimator
{
    private const int LongSeries = 300;

    /// <summary>A simplex of many dimensions goes flat before it arrives; a new one around its best point goes on.</summary>
    private const int FreshSimplices = 3;

    /// <summary>The form with the lowest corrected Akaike criterion.</summary>
    public static EtsParameters Select(double[] values, int season)
    {
        EtsParameters? best = null;
        foreach (var form in Forms(values, season))
        {
            var candidate = Fit(values, season, form);
            if (best is null || candidate.Aicc < best.Aicc)
                best = candidate;
        }
        return best!;
    }

    public static EtsParameters Fit(double[] values, int season, EtsForm form)
    {
        var first = EtsStart.Guess(values, season, form);
        var estimatesStates = values.Length <= LongSeries;
        var layout = new EtsLayout(form, first, estimatesStates);
        var point = layout.Start(values.Length);
        var buffer = new double[first.Season.Length];
        for (var start = 0; start < (estimatesStates ? FreshSimplices : 1); start++)
            NelderMead.Minimise(p => layout.Read(p)?.Likelihood(values, buffer) ?? double.PositiveInfinity, point, layout.Steps(), layout.Budget, 1e-9);
        var fitted = layout.Read(point) ?? first;
        return Score(fitted, values, buffer);
    }

    private static EtsParameters Score(EtsParameters p, double[] values, double[] buffer)
    {
        var observed = values.Count(v => !double.IsNaN(v));
        var states = 1 + (p.Form.Trend == EtsPart.None ? 0 : 1) + Math.Max(0, p.Season.Length - 1);
        var free = p.Form.ParameterCount + states + 1;
        var deviance = p.Likelihood(values, buffer);
        var correction = observed > free + 1 ? 2.0 * free * (free + 1) / (observed - free - 1) : double.PositiveInfinity;
        return new EtsParameters
        {
            Form = p.Form,
            Alpha = p.Alpha,
            Beta = p.Beta,
            Gamma = p.Gamma,
            Phi = p.Phi,
            Level = p.Level,
            Trend = p.Trend,
            Season = p.Season,
            Deviance = deviance,
            Aicc = deviance + 2 * free + correction,
        };
    }

    private static List<EtsForm> Forms(double[] values, int season)
    {
        var positive = !values.Any(v => v <= 0);
        var observed = values.Count(v => !double.IsNaN(v));
        var seasonal = season > 1 && observed >= 2 * season + 4;
        var forms = new List<EtsForm>();
        foreach (var (trend, damped) in ((EtsPart, bool)[])[(EtsPart.None, false), (EtsPart.Additive, true), (EtsPart.Additive, false)])
        {
            if (trend == EtsPart.Additive && !damped && observed > LongSeries)
                continue; // an undamped slope kept over years of days is not the right month ahead
            forms.Add(new EtsForm(EtsPart.Additive, trend, damped, seasonal ? EtsPart.Additive : EtsPart.None));
            if (positive)
                forms.Add(new EtsForm(EtsPart.Multiplicative, trend, damped, seasonal ? EtsPart.Multiplicative : EtsPart.None));
        }
        return forms;
    }
}
