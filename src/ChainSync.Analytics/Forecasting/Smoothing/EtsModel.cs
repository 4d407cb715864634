using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>
/// <c>ets</c>: exponential smoothing with automatic choice among damped or no trend, additive or multiplicative season (Hyndman,
/// Koehler, Ord and Snyder 2008), after <see cref="CalendarAdjustment"/>. Learns from the last three years.
/// </summary>
internal sealed class EtsModel : LocalModel<EtsSeries>
{
    private const double YearsKept = 3;

    public override string Name => ModelNames.Ets;

    protected override int FewestObservations(TimeSeries series) => 10;

    protected override EtsSeries FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var effects = CalendarEffects.Learn(series);
        var values = CalendarAdjustment.Remove(effects, series);
        var season = series.Grain.Season();
        var skipped = Math.Max(0, values.Length - (int)(YearsKept * series.Grain.PeriodsPerYear()));
        return new EtsSeries { Effects = effects, Skipped = skipped, Smoothing = EtsEstimator.Select(values[skipped..], season) };
    }

    protected override FittedModel Finish(Dictionary<string, EtsSeries> parameters) => new EtsFit { Series = parameters };
}

internal sealed class EtsSeries
{
    public CalendarRegression? Effects { get; init; }

    /// <summary>Periods before the smoothing starts.</summary>
    public required int Skipped { get; init; }

    public required EtsParameters Smoothing { get; init; }
}

internal sealed class EtsFit : LocalFit<EtsSeries>
{
    public override string Name => ModelNames.Ets;

    protected override double[] PredictOne(EtsSeries parameters, TimeSeries history, int horizon)
    {
        var values = CalendarAdjustment.Remove(parameters.Effects, history);
        var forecast = parameters.Smoothing.Forecast(values.AsSpan(parameters.Skipped), horizon);
        return CalendarAdjustment.Restore(parameters.Effects, history, forecast);
    }
}
