using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Linear;

/// <summary>
/// <c>linear</c>: ridge regression on the calendar (Hoerl and Kennard 1970; Huber 1964 weights), plus the smoothed level of its
/// residuals, which fades at a rate learned from multi-step errors: what the calendar does not explain today matters tomorrow.
/// </summary>
internal sealed class LinearModel : LocalModel<LinearParameters>
{
    public override string Name => ModelNames.Linear;

    protected override int FewestObservations(TimeSeries series) => 3 * series.Grain.Season() + 5;

    protected override LinearParameters FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var regression = CalendarRegression.Fit(series, DesignParts.All);
        var (smoothing, fading) = ResidualLevel.Choose(ResidualLevel.Of(regression, series), series.Grain);
        return new LinearParameters { Regression = regression, Smoothing = smoothing, Fading = fading };
    }

    protected override FittedModel Finish(Dictionary<string, LinearParameters> parameters) => new LinearFit { Series = parameters };
}

internal sealed class LinearParameters
{
    public required CalendarRegression Regression { get; init; }

    /// <summary>Weight of the newest residual in the residual level, 0 … 1.</summary>
    public required double Smoothing { get; init; }

    /// <summary>Share of the residual level that survives one period, 0 … 1.</summary>
    public required double Fading { get; init; }
}

internal sealed class LinearFit : LocalFit<LinearParameters>
{
    public override string Name => ModelNames.Linear;

    protected override double[] PredictOne(LinearParameters parameters, TimeSeries history, int horizon)
    {
        var regression = parameters.Regression;
        var level = ResidualLevel.Last(ResidualLevel.Of(regression, history), parameters.Smoothing);
        var forecast = regression.Evaluate(history, history.Count + horizon, from: history.Count);
        for (var h = 0; h < horizon; h++)
            forecast[h] = ValueScale.Invert(forecast[h] + level * Math.Pow(parameters.Fading, h + 1), regression.Log);
        return forecast;
    }
}
