using System.Numerics.Tensors;
using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Prophet;

/// <summary>
/// <c>prophet</c>: the model of Taylor and Letham (2018) by maximum a posteriori. Changes of slope have Laplace priors, seasons and
/// known columns normal ones; effects multiply (the fit is on logarithms) for brisk series. The Laplace prior is met by iteratively
/// reweighted ridge steps, each of which is one Cholesky solve, so a fit takes milliseconds and is the same on every run.
/// </summary>
internal sealed class ProphetModel : LocalModel<ProphetParameters>
{
    private const double ChangepointPrior = 0.05;
    private const double SeasonPrior = 1;
    private const double KnownPrior = 0.3;
    private const double SlopePrior = 5;
    private const int Iterations = 25;
    private const double Smallest = 1e-5;

    public override string Name => ModelNames.Prophet;

    protected override int FewestObservations(TimeSeries series) => 2 * series.Grain.Season() + 10;

    protected override ProphetParameters FitOne(TimeSeries series, CancellationToken cancellationToken)
    {
        var target = series.Observed();
        var log = ValueScale.IsLog(target);
        ValueScale.Apply(target, log);
        var design = new ProphetDesign(series, series.Count);
        var scale = LargestKnown(target);
        var rows = new double[series.Count * design.Width];
        var equations = new NormalEquations(design.Width);
        for (var i = 0; i < series.Count; i++)
        {
            var row = rows.AsSpan(i * design.Width, design.Width);
            design.Row(i, row);
            target[i] /= scale;
            if (!double.IsNaN(target[i]))
                equations.Add(row, target[i], 1);
        }
        var effects = Maximise(design, rows, target, equations, cancellationToken);
        return new ProphetParameters
        {
            Fitted = series.Count,
            Log = log,
            Trend = [.. effects[..ProphetDesign.TrendColumns].Select(e => e * scale)],
            Fourier = [.. effects[ProphetDesign.TrendColumns..(ProphetDesign.TrendColumns + design.FourierColumns)].Select(e => e * scale)],
            Known = design.KnownNames.Zip(effects[^design.KnownNames.Length..]).ToDictionary(e => e.First, e => e.Second * scale, StringComparer.Ordinal),
        };
    }

    private static double LargestKnown(double[] values)
    {
        var largest = 1e-12;
        foreach (var value in values)
            if (Math.Abs(value) > largest)
                largest = Math.Abs(value);
        return largest;
    }

    protected override FittedModel Finish(Dictionary<string, ProphetParameters> parameters) => new ProphetFit { Series = parameters };

    private static double[] Maximise(ProphetDesign design, double[] rows, double[] target, NormalEquations equations, CancellationToken cancellationToken)
    {
        var effects = new double[design.Width];
        effects.AsSpan(2, ProphetDesign.Changepoints).Fill(ChangepointPrior);
        var penalties = new double[design.Width];
        for (var (iteration, variance) = (0, 0.01); iteration < Iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Prior(design, effects, variance, penalties);
            var next = equations.Solve(penalties);
            var moved = TensorPrimitives.Distance<double>(next, effects);
            effects = next;
            variance = ResidualVariance(rows, target, effects);
            if (moved < 1e-6)
                break;
        }
        return effects;
    }

    /// <summary>Penalties that make the ridge step's normal priors touch the wanted ones at the present effects.</summary>
    private static void Prior(ProphetDesign design, double[] effects, double variance, double[] penalties)
    {
        (penalties[0], penalties[1]) = (0, variance / (SlopePrior * SlopePrior));
        for (var j = 2; j < ProphetDesign.TrendColumns; j++)
            penalties[j] = variance / (ChangepointPrior * Math.Max(Math.Abs(effects[j]), Smallest));
        var known = ProphetDesign.TrendColumns + design.FourierColumns;
        penalties.AsSpan(ProphetDesign.TrendColumns, design.FourierColumns).Fill(variance / (SeasonPrior * SeasonPrior));
        penalties.AsSpan(known).Fill(variance / (KnownPrior * KnownPrior));
    }

    private static double ResidualVariance(double[] rows, double[] target, double[] effects)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < target.Length; i++)
        {
            if (double.IsNaN(target[i]))
                continue;
            var error = target[i] - TensorPrimitives.Dot(rows.AsSpan(i * effects.Length, effects.Length), effects);
            (sum, count) = (sum + error * error, count + 1);
        }
        return Math.Max(sum / Math.Max(1, count), 1e-12);
    }
}

internal sealed class ProphetParameters
{
    public required int Fitted { get; init; }

    public required bool Log { get; init; }

    /// <summary>Level, slope over the fitted span, changes of slope.</summary>
    public required double[] Trend { get; init; }

    public required double[] Fourier { get; init; }

    /// <summary>Effect per known column.</summary>
    public required Dictionary<string, double> Known { get; init; }
}

internal sealed class ProphetFit : LocalFit<ProphetParameters>
{
    public override string Name => ModelNames.Prophet;

    protected override double[] PredictOne(ProphetParameters parameters, TimeSeries history, int horizon)
    {
        var design = new ProphetDesign(history, parameters.Fitted);
        double[] effects = [.. parameters.Trend, .. parameters.Fourier, .. design.KnownNames.Select(n => parameters.Known.GetValueOrDefault(n))];
        var row = new double[design.Width];
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            design.Row(history.Count + h, row);
            forecast[h] = ValueScale.Invert(TensorPrimitives.Dot<double>(row, effects), parameters.Log);
        }
        return forecast;
    }
}
