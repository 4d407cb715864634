using System.Numerics.Tensors;
using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Linear;

/// <summary>
/// A robust ridge regression on the calendar. Recent periods weigh more (half after <see cref="HalfLifeYears"/>), outliers less
/// (Huber's weights, two passes), and every effect needs evidence before it is believed.
/// </summary>
internal sealed class CalendarRegression
{
    private const double HalfLifeYears = 1.0;
    private const double HuberWidth = 1.5;
    private const int RobustPasses = 2;

    /// <summary>Periods learned from.</summary>
    public required int Fitted { get; init; }

    public required DesignParts Parts { get; init; }

    /// <summary>True when the effects add up on the logarithm of value + 1.</summary>
    public required bool Log { get; init; }

    /// <summary>Effect per column name.</summary>
    public required Dictionary<string, double> Effects { get; init; }

    public static CalendarRegression Fit(TimeSeries series, DesignParts parts, bool? log = null)
    {
        var target = series.Observed();
        var onLog = log ?? ValueScale.IsLog(target);
        ValueScale.Apply(target, onLog);
        var design = new CalendarDesign(series, series.Count, parts);
        var rows = design.Rows(0, series.Count);
        var weights = Recency(series);
        var effects = Solve(design, rows, target, weights);
        for (var pass = 0; pass < RobustPasses; pass++)
        {
            Reweigh(series, rows, target, effects, weights);
            effects = Solve(design, rows, target, weights);
        }
        var named = new Dictionary<string, double>(effects.Length, StringComparer.Ordinal);
        for (var j = 0; j < effects.Length; j++)
            named.Add(design.Names[j], effects[j]);
        return new CalendarRegression { Fitted = series.Count, Parts = parts, Log = onLog, Effects = named };
    }

    /// <summary>The regression's answer on its own scale for periods <paramref name="from"/> … <paramref name="count"/> − 1 of the series and its future.</summary>
    /// <param name="history">Series the rows are described by.</param>
    /// <param name="count">Periods.</param>
    /// <param name="include">Columns to add up, by name; all when null.</param>
    /// <param name="from">First period answered.</param>
    public double[] Evaluate(TimeSeries history, int count, Func<string, bool>? include = null, int from = 0)
    {
        var design = new CalendarDesign(history, Fitted, Parts);
        var effects = new double[design.Names.Length];
        for (var j = 0; j < effects.Length; j++)
            if (include is null || include(design.Names[j]))
                effects[j] = Effects.GetValueOrDefault(design.Names[j]);
        var rows = design.Rows(from, count - from);
        var values = new double[count - from];
        for (var i = 0; i < values.Length; i++)
            values[i] = TensorPrimitives.Dot(rows.AsSpan(i * effects.Length, effects.Length), effects);
        return values;
    }

    private static double[] Recency(TimeSeries series)
    {
        var decay = Math.Pow(0.5, 1 / (HalfLifeYears * series.Grain.PeriodsPerYear()));
        var weights = new double[series.Count];
        for (var (i, weight) = (weights.Length - 1, 1.0); i >= 0; i--, weight *= decay)
            weights[i] = weight;
        return weights;
    }

    private static double[] Solve(CalendarDesign design, double[] rows, double[] target, double[] weights)
    {
        var width = design.Names.Length;
        var equations = new NormalEquations(width);
        for (var i = 0; i < target.Length; i++)
            if (!double.IsNaN(target[i]))
                equations.Add(rows.AsSpan(i * width, width), target[i], weights[i]);
        return equations.Solve(design.Penalties);
    }

    private static void Reweigh(TimeSeries series, double[] rows, double[] target, double[] effects, double[] weights)
    {
        var errors = new double[target.Length];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = Math.Abs(target[i] - TensorPrimitives.Dot(rows.AsSpan(i * effects.Length, effects.Length), effects));
        var width = HuberWidth * 1.4826 * Statistics.Median(errors);
        var recency = Recency(series);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = errors[i] > width && width > 0 ? recency[i] * width / errors[i] : recency[i];
    }
}
