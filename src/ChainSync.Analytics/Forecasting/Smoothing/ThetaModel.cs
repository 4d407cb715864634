using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>
/// <c>theta</c>: simple exponential smoothing with drift of half the regression slope (Assimakopoulos and Nikolopoulos 2000 in the form
/// of Hyndman and Billah 2003) on seasonally adjusted data, after <see cref="CalendarAdjustment"/>.
/// </summary>
internal sealed class ThetaModel : LocalModel<ThetaParameters>
{
    private static readonly EtsForm Simple = new(EtsPart.Additive, EtsPart.None, false, EtsPart.None);

    public override string Name => ModelNames.Theta;

    protected override int FewestObservations(TimeSeries series) => 5;

    protected override ThetaParameters FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var effects = CalendarEffects.Learn(series);
        var values = CalendarAdjustment.Remove(effects, series);
        return FitValues(values, series.Grain.Season(), effects);
    }

    /// <summary>The method on bare values.</summary>
    internal static ThetaParameters FitValues(double[] values, int season, CalendarRegression? effects = null)
    {
        var seasonal = season > 1 && values.Length >= 3 * season && IsSeasonal(values, season);
        var multiplicative = seasonal && !values.Any(v => v <= 0);
        var kind = multiplicative ? EtsPart.Multiplicative : EtsPart.Additive;
        var indices = seasonal ? SeasonalIndices.Of(values, season, kind) : [];
        var adjusted = ThetaFit.Adjust(values, indices, multiplicative);
        var smoothing = EtsEstimator.Fit(adjusted, 1, Simple);
        return new ThetaParameters
        {
            Effects = effects,
            Season = indices,
            Multiplicative = multiplicative,
            Alpha = smoothing.Alpha,
            Level = smoothing.Level,
            Drift = Slope(adjusted) / 2,
        };
    }

    protected override FittedModel Finish(Dictionary<string, ThetaParameters> parameters) => new ThetaFit { Series = parameters };

    /// <summary>The 90 % test of the autocorrelation at the seasonal lag that the M3 and M4 entries used.</summary>
    private static bool IsSeasonal(double[] values, int season)
    {
        var mean = Statistics.Mean(values);
        double Autocorrelation(int lag)
        {
            var (product, square) = (0.0, 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]))
                    continue;
                square += (values[i] - mean) * (values[i] - mean);
                if (i >= lag && !double.IsNaN(values[i - lag]))
                    product += (values[i] - mean) * (values[i - lag] - mean);
            }
            return square > 0 ? product / square : 0;
        }
        var noise = 1.0;
        for (var lag = 1; lag < season; lag++)
            noise += 2 * Math.Pow(Autocorrelation(lag), 2);
        return Math.Abs(Autocorrelation(season)) > 1.645 * Math.Sqrt(noise / values.Length);
    }

    private static double Slope(double[] values)
    {
        var (count, sumT, sumY, sumTt, sumTy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
            if (!double.IsNaN(values[i]))
                (count, sumT, sumY, sumTt, sumTy) = (count + 1, sumT + i, sumY + values[i], sumTt + (double)i * i, sumTy + i * values[i]);
        var spread = sumTt - sumT * sumT / count;
        return spread > 0 ? (sumTy - sumT * sumY / count) / spread : 0;
    }
}

internal sealed class ThetaParameters
{
    public CalendarRegression? Effects { get; init; }

    /// <summary>Index per phase; empty when not seasonal.</summary>
    public required double[] Season { get; init; }

    public required bool Multiplicative { get; init; }

    public required double Alpha { get; init; }

    /// <summary>Level before the first value.</summary>
    public required double Level { get; init; }

    /// <summary>Half the slope of the regression on time, per period.</summary>
    public required double Drift { get; init; }
}

internal sealed class ThetaFit : LocalFit<ThetaParameters>
{
    public override string Name => ModelNames.Theta;

    protected override double[] PredictOne(ThetaParameters parameters, TimeSeries history, int horizon)
    {
        var values = CalendarAdjustment.Remove(parameters.Effects, history);
        return CalendarAdjustment.Restore(parameters.Effects, history, ForecastValues(parameters, values, horizon));
    }

    internal static double[] ForecastValues(ThetaParameters p, double[] values, int horizon)
    {
        var level = p.Level;
        foreach (var value in Adjust(values, p.Season, p.Multiplicative))
            level += double.IsNaN(value) ? 0 : p.Alpha * (value - level);
        var lead = (1 - Math.Pow(1 - p.Alpha, values.Length)) / p.Alpha;
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            var index = p.Season.Length == 0 ? 0 : p.Season[(values.Length + h) % p.Season.Length];
            var plain = level + p.Drift * (h + lead);
            forecast[h] = p.Multiplicative ? plain * index : plain + index;
        }
        return forecast;
    }

    internal static double[] Adjust(double[] values, double[] indices, bool multiplicative)
    {
        var adjusted = (double[])values.Clone();
        if (indices.Length > 0)
            for (var i = 0; i < adjusted.Length; i++)
                adjusted[i] = multiplicative ? adjusted[i] / indices[i % indices.Length] : adjusted[i] - indices[i % indices.Length];
        return adjusted;
    }
}
