using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights.Promotions;

/// <summary>
/// The effect of a promotion on the logarithm of daily sales, with everything else the calendar knows held constant: weekday, level and
/// slope of each quarter year, two waves a month, and all other known columns. By the theorem of Frisch, Waugh and Lovell the effect is
/// the regression of what is left of the sales on what is left of the promotion; its error allows for days that resemble their
/// neighbours (Newey and West 1987, 14 lags).
/// </summary>
internal static class PromotionRegression
{
    public const int Lags = 14;

    /// <summary>Days in a stretch with a level and a slope of its own.</summary>
    public const int StretchDays = 91;

    /// <summary>Fewest days with, and without, the promotion.</summary>
    private const int FewestDays = 14;

    /// <summary>The effect of a promotion.</summary>
    /// <param name="Log">Added to the logarithm of sales + 1 on a day of full promotion.</param>
    /// <param name="Error">Standard error of it.</param>
    public readonly record struct Effect(double Log, double Error);

    /// <summary>Estimates the effect on days <paramref name="from"/> … end; null with too few days on either side, or when the other columns explain the promotion wholly.</summary>
    public static Effect? Estimate(TimeSeries series, string column, int from)
    {
        var promotion = series.Known.Columns.First(c => c.Name == column).Values;
        int[] days = [.. Enumerable.Range(from, series.Count - from).Where(series.IsObserved)];
        var promoted = days.Count(i => promotion.Span[i] > 0);
        if (promoted < FewestDays || days.Length - promoted < FewestDays)
            return null;
        var rows = Array.ConvertAll(days, i => Row(series, column, from, i));
        var sales = Left(rows, Array.ConvertAll(days, i => Math.Log(Math.Max(series.Values[i], 0) + 1)));
        var offered = Left(rows, Array.ConvertAll(days, i => promotion.Span[i]));
        var size = offered.Sum(x => x * x);
        if (size < 1)
            return null;
        var effect = Dot(offered, sales, 0) / size;
        var scores = offered.Select((x, i) => x * (sales[i] - effect * x)).ToArray();
        return new Effect(effect, Math.Sqrt(Math.Max(LongRunVariance(scores), 0)) / size);
    }

    /// <summary>Everything but the promotion that may move sales on a day.</summary>
    private static double[] Row(TimeSeries series, string column, int from, int index)
    {
        var time = series.TimeAt(index);
        var stretches = (series.Count - from - 1) / StretchDays + 1;
        var row = new List<double>();
        for (var day = 0; day < 7; day++)
            row.Add((int)time.DayOfWeek == day ? 1 : 0);
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var inside = (index - from) / StretchDays == stretch;
            if (stretch > 0) // the weekdays hold the level of the first
                row.Add(inside ? 1 : 0);
            row.Add(inside ? (index - from) % StretchDays / (double)StretchDays : 0);
        }
        var month = 2 * Math.PI * (time.Day - 1) / DateTime.DaysInMonth(time.Year, time.Month);
        row.AddRange([Math.Sin(month), Math.Cos(month), Math.Sin(2 * month), Math.Cos(2 * month)]);
        foreach (var other in series.Known.Columns)
            if (other.Name != column)
                row.Add(other.Values.Span[index]);
        return [.. row];
    }

    /// <summary>What the rows leave unexplained.</summary>
    private static double[] Left(double[][] rows, double[] target)
    {
        var equations = new NormalEquations(rows[0].Length);
        for (var i = 0; i < rows.Length; i++)
            equations.Add(rows[i], target[i], 1);
        var effects = equations.Solve(new double[rows[0].Length]);
        return [.. rows.Select((row, i) => target[i] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, effects))];
    }

    private static double LongRunVariance(double[] scores)
    {
        var sum = Dot(scores, scores, 0);
        for (var lag = 1; lag <= Lags; lag++)
            sum += 2 * (1 - lag / (Lags + 1.0)) * Dot(scores, scores, lag);
        return sum;
    }

    private static double Dot(double[] a, double[] b, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < a.Length; i++)
            sum += a[i] * b[i - lag];
        return sum;
    }
}
