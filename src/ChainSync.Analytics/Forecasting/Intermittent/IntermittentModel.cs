using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Intermittent;

/// <summary>
/// Forecasts of demand that is mostly zero. <c>croston</c>: smoothed size over smoothed interval with the correction of Syntetos and
/// Boylan (2005). <c>tsb</c>: smoothed probability times smoothed size (Teunter, Syntetos and Babai 2011), which also falls when
/// nothing sells. Both spread the level over the week by the weekday shares of the series, shrunk to even ones.
/// </summary>
internal sealed class IntermittentModel(bool tsb) : LocalModel<IntermittentParameters>
{
    private static readonly double[] Weights = [0.02, 0.05, 0.1, 0.2];

    public override string Name => tsb ? ModelNames.Tsb : ModelNames.Croston;

    protected override int FewestObservations(TimeSeries series) => 10;

    protected override IntermittentParameters FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var season = WeekShares.Of(series);
        var values = WeekShares.Remove(season, series);
        var (best, chosen) = (double.PositiveInfinity, new IntermittentParameters { Season = season, Size = 0.1, Rate = 0.1, Tsb = tsb });
        foreach (var size in Weights)
        {
            foreach (var rate in tsb ? Weights : [size])
            {
                var candidate = new IntermittentParameters { Season = season, Size = size, Rate = rate, Tsb = tsb };
                var error = MeanSquaredError(candidate, values);
                if (error < best)
                    (best, chosen) = (error, candidate);
            }
        }
        return chosen;
    }

    protected override FittedModel Finish(Dictionary<string, IntermittentParameters> parameters) =>
        new IntermittentFit { Series = parameters, IsTsb = tsb };

    private static double MeanSquaredError(IntermittentParameters parameters, double[] values)
    {
        var state = new DemandState(parameters);
        var (sum, skip) = (0.0, values.Length / 4);
        for (var i = 0; i < values.Length; i++)
        {
            if (i >= skip && !double.IsNaN(values[i]))
                sum += (values[i] - state.Mean) * (values[i] - state.Mean);
            state.Step(values[i]);
        }
        return sum;
    }
}

internal sealed class IntermittentParameters
{
    /// <summary>Factor per phase of the season, mean 1.</summary>
    public required double[] Season { get; init; }

    /// <summary>Weight of the newest size, 0 … 1.</summary>
    public required double Size { get; init; }

    /// <summary>Weight of the newest interval (Croston) or the newest yes/no (TSB), 0 … 1.</summary>
    public required double Rate { get; init; }

    public required bool Tsb { get; init; }
}

internal sealed class IntermittentFit : LocalFit<IntermittentParameters>
{
    public required bool IsTsb { get; init; }

    public override string Name => IsTsb ? ModelNames.Tsb : ModelNames.Croston;

    protected override double[] PredictOne(IntermittentParameters parameters, TimeSeries history, int horizon)
    {
        var state = new DemandState(parameters);
        foreach (var value in WeekShares.Remove(parameters.Season, history))
            state.Step(value);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
            forecast[h] = state.Mean * parameters.Season[(history.Count + h) % parameters.Season.Length];
        return forecast;
    }
}

/// <summary>Size and frequency of demand, stepped through a series.</summary>
internal struct DemandState(IntermittentParameters parameters)
{
    private double _size = double.NaN;
    private double _rate = double.NaN;
    private int _waited = 1;

    /// <summary>Expected demand per period; 0 before the first.</summary>
    public readonly double Mean => double.IsNaN(_size) ? 0
        : parameters.Tsb ? _rate * _size
        : (1 - parameters.Rate / 2) * _size / _rate;

    public void Step(double value)
    {
        if (double.IsNaN(value))
            return;
        var sold = value > 0;
        if (double.IsNaN(_size))
        {
            if (sold)
                (_size, _rate, _waited) = (value, parameters.Tsb ? 1.0 / _waited : _waited, 1);
            else
                _waited++;
            return;
        }
        if (sold)
            _size += parameters.Size * (value - _size);
        if (parameters.Tsb)
            _rate += parameters.Rate * ((sold ? 1 : 0) - _rate);
        else if (sold)
            _rate += parameters.Rate * (_waited - _rate);
        _waited = sold ? 1 : _waited + 1;
    }
}

/// <summary>How demand spreads over the season, shrunk towards even because few units prove little.</summary>
internal static class WeekShares
{
    private const double PriorUnits = 30;

    public static double[] Of(TimeSeries series)
    {
        var season = series.Grain.Season();
        var (sums, counts) = (new double[season], new int[season]);
        var values = series.Observed();
        for (var i = 0; i < values.Length; i++)
            if (!double.IsNaN(values[i]))
                (sums[i % season], counts[i % season]) = (sums[i % season] + Math.Max(values[i], 0), counts[i % season] + 1);
        var mean = Math.Max(Statistics.Mean(values), 1e-12);
        var shares = new double[season];
        for (var phase = 0; phase < season; phase++)
            shares[phase] = (sums[phase] + PriorUnits) / (counts[phase] * mean + PriorUnits);
        return shares;
    }

    public static double[] Remove(double[] shares, TimeSeries series)
    {
        var values = series.Observed();
        for (var i = 0; i < values.Length; i++)
            values[i] /= shares[i % shares.Length];
        return values;
    }
}
