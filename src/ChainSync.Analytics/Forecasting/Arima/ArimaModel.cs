using System.Numerics.Tensors;
using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>
/// <c>arima</c>: regression on the calendar with seasonal ARIMA errors. Order and coefficients come from the errors by exact
/// likelihood; the regression is then estimated anew by generalised least squares on the whitened rows, and the errors once more.
/// </summary>
internal sealed class ArimaModel : LocalModel<ArimaSeries>
{
    private const double YearsKept = 3;

    public override string Name => ModelNames.Arima;

    protected override int FewestObservations(TimeSeries series) => Math.Max(16, 2 * series.Grain.Season() + 8);

    protected override ArimaSeries FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var skipped = Math.Max(0, series.Count - (int)(YearsKept * series.Grain.PeriodsPerYear()));
        var parts = series.Grain == Grain.Hourly ? DesignParts.Known | DesignParts.Trend : DesignParts.All;
        var regression = CalendarRegression.Fit(series, parts);
        var errors = ResidualLevel.Of(regression, series);
        var order = ArimaSelection.Select(errors[skipped..], series.Grain.Season());
        cancellationToken.ThrowIfCancellationRequested();
        var free = Enumerable.Repeat(0.1, order.Free).ToArray();
        var estimate = ArimaEstimator.Fit(errors[skipped..], order, 25, free);
        regression = Whitened(regression, series, estimate, skipped);
        estimate = ArimaEstimator.Fit(ResidualLevel.Of(regression, series)[skipped..], order, 10, free);
        return new ArimaSeries { Regression = regression, Order = order, Coefficients = estimate.Coefficients, Skipped = skipped };
    }

    protected override FittedModel Finish(Dictionary<string, ArimaSeries> parameters) => new ArimaFit { Series = parameters };

    /// <summary>
    /// Generalised least squares: rows and target pass through the filter, so that their errors are white. Level, trend and the slow
    /// seasons keep their first estimate: differencing leaves too little of them to estimate them again.
    /// </summary>
    private static CalendarRegression Whitened(CalendarRegression first, TimeSeries series, ArimaEstimate estimate, int skipped)
    {
        var design = new CalendarDesign(series, series.Count, first.Parts);
        var target = series.Observed();
        ValueScale.Apply(target, first.Log);
        TensorPrimitives.Subtract(target, first.Evaluate(series, series.Count, IsSlow), target);
        var rows = design.Rows(skipped, series.Count - skipped);
        var (width, height) = (design.Names.Length, series.Count - skipped - estimate.Order.Lost);
        var white = new ArmaWhitening(ArimaEstimator.Difference(target.AsSpan(skipped), estimate.Order), estimate);
        var whiteRows = new double[height * width];
        var column = new double[series.Count - skipped];
        for (var j = 0; j < width; j++)
        {
            if (IsSlow(design.Names[j]))
                continue;
            for (var i = 0; i < column.Length; i++)
                column[i] = rows[i * width + j];
            white.Apply(ArimaEstimator.Difference(column, estimate.Order), whiteRows, j, width);
        }
        var equations = new NormalEquations(width);
        for (var i = 0; i < height; i++)
            if (!double.IsNaN(white.Target[i]))
                equations.Add(whiteRows.AsSpan(i * width, width), Clip(white.Target[i], whiteRows.AsSpan(i * width, width), design.Names, first, estimate), 1);
        var effects = equations.Solve(design.Penalties);
        return new CalendarRegression
        {
            Fitted = first.Fitted,
            Parts = first.Parts,
            Log = first.Log,
            Effects = design.Names.Select((name, j) => (name, IsSlow(name) ? first.Effects[name] : effects[j]))
                .ToDictionary(e => e.name, e => e.Item2, StringComparer.Ordinal),
        };
    }

    private static bool IsSlow(string column) =>
        column is "level" or "trend" || column.StartsWith("year ", StringComparison.Ordinal) || column.StartsWith("month ", StringComparison.Ordinal);

    /// <summary>One wild day must not bend a holiday's effect: innovations past three deviations are pulled in.</summary>
    private static double Clip(double target, ReadOnlySpan<double> row, string[] names, CalendarRegression first, ArimaEstimate estimate)
    {
        var expected = 0.0;
        for (var j = 0; j < row.Length; j++)
            expected += row[j] * first.Effects[names[j]];
        var width = 3 * Math.Sqrt(estimate.Variance);
        return expected + Math.Clamp(target - expected, -width, width);
    }
}

internal sealed class ArimaSeries
{
    public required CalendarRegression Regression { get; init; }

    public required ArimaOrder Order { get; init; }

    public required ArmaCoefficients Coefficients { get; init; }

    /// <summary>Periods before the filter starts.</summary>
    public required int Skipped { get; init; }
}

internal sealed class ArimaFit : LocalFit<ArimaSeries>
{
    public override string Name => ModelNames.Arima;

    protected override double[] PredictOne(ArimaSeries parameters, TimeSeries history, int horizon)
    {
        var regression = parameters.Regression;
        var errors = ResidualLevel.Of(regression, history).AsSpan(parameters.Skipped);
        var forecast = ForecastValues(parameters.Order, parameters.Coefficients, errors, horizon);
        var explained = regression.Evaluate(history, history.Count + horizon, from: history.Count);
        for (var h = 0; h < horizon; h++)
            forecast[h] = ValueScale.Invert(forecast[h] + explained[h], regression.Log);
        return forecast;
    }

    /// <summary>
    /// Expected values after <paramref name="values"/>. Where values are differenced, a gap is filled with what the model expected there,
    /// and the filter steps over it without surprise. To call both differences beside the gap unknown instead would forget the level:
    /// the first value after every closed day would become the new one, whatever its noise.
    /// </summary>
    internal static double[] ForecastValues(ArimaOrder order, ArmaCoefficients coefficients, ReadOnlySpan<double> values, int horizon)
    {
        var filter = new ArmaFilter(coefficients.ExpandAr(order.Season), coefficients.ExpandMa(order.Season));
        var weights = order.Differencing();
        var filled = new double[values.Length + horizon];
        for (var i = 0; i < filled.Length; i++)
        {
            var known = i < values.Length && !double.IsNaN(values[i]);
            if (i < order.Lost)
            {
                filled[i] = known ? values[i] : i > 0 ? filled[i - 1] : 0;
                continue;
            }
            var carried = 0.0;
            for (var k = 1; k < weights.Length; k++)
                carried -= weights[k] * filled[i - k];
            filled[i] = known ? values[i] : carried + filter.Expected;
            filter.Step(known || order.Lost > 0 ? filled[i] - carried : double.NaN);
        }
        return filled[values.Length..];
    }
}

/// <summary>Applies the filter of an estimated process to a target and, with the same gains, to any column.</summary>
internal sealed class ArmaWhitening
{
    private readonly ArmaFilter _filter;
    private readonly double[] _target;
    private readonly double[] _deviations;

    public ArmaWhitening(double[] target, ArimaEstimate estimate)
    {
        _filter = new ArmaFilter(estimate.Coefficients.ExpandAr(estimate.Order.Season), estimate.Coefficients.ExpandMa(estimate.Order.Season));
        (_target, _deviations, Target) = (target, new double[target.Length], new double[target.Length]);
        for (var i = 0; i < target.Length; i++)
        {
            _deviations[i] = Math.Sqrt(_filter.Variance);
            Target[i] = (target[i] - _filter.Expected) / _deviations[i];
            _filter.Step(target[i]);
        }
    }

    /// <summary>Whitened target; NaN where not known.</summary>
    public double[] Target { get; }

    /// <summary>Writes the whitened column into a row-major matrix.</summary>
    public void Apply(double[] column, double[] matrix, int at, int width)
    {
        if (!column.AsSpan().ContainsAnyExcept(0))
            return;
        _filter.Reset();
        for (var i = 0; i < column.Length; i++)
        {
            matrix[i * width + at] = (column[i] - _filter.Expected) / _deviations[i];
            _filter.Step(double.IsNaN(_target[i]) ? double.NaN : column[i]);
        }
    }
}
