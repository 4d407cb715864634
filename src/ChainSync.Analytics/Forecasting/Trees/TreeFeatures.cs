using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// The features of (series, origin, steps ahead): recent levels relative to the unit, what like periods brought, the same season last
/// year, and the known calendar of the target period. Names of the known columns are fixed at fit time.
/// </summary>
internal sealed class TreeFeatures(string[] knownColumns)
{
    private static readonly int[] Windows = [7, 14, 28, 91, 182];

    private const int Fixed = 21;

    public int Width => Fixed + Windows.Length + 2 * knownColumns.Length;

    /// <summary>Planned states, prices and numbers that occur in the panel; holidays act through the calendar effect.</summary>
    public static string[] KnownColumns(IEnumerable<TimeSeries> panel) =>
    [
        .. panel.SelectMany(s => s.Known.Columns).Where(c => c.Kind != CovariateKind.Holiday).Select(c => c.Name)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public void Fill(PanelSeries panel, int origin, int ahead, Span<float> features)
    {
        var target = origin + ahead - 1;
        var time = panel.Series.TimeAt(target);
        var unit = panel.Level(origin);
        var at = 0;
        foreach (var window in Windows)
            features[at++] = Ratio(panel.Mean(origin, window), unit);
        features[at++] = Ratio(panel.LikeMean(origin, target, 2), unit);
        features[at++] = Ratio(panel.LikeMean(origin, target, 4), unit);
        features[at++] = Ratio(panel.LikeMean(origin, target, 8), unit);
        features[at++] = LastYear(panel, origin, target);
        features[at++] = YearOnYear(panel, origin, target);
        features[at++] = (float)panel.Effect(target);
        features[at++] = EffectOfWindow(panel, origin, 28);
        features[at++] = EffectOfWindow(panel, origin, 7);
        features[at++] = (float)panel.ZeroShare(origin, 56);
        for (var speed = 0; speed < 3; speed++)
            features[at++] = Ratio(panel.Smoothed(origin, speed), unit);
        features[at++] = panel.SinceSale(origin);
        features[at++] = (float)(panel.SinceSale(origin) * panel.Mean(origin - panel.SinceSale(origin), 182));
        features[at++] = MathF.Log((float)unit);
        features[at++] = Ratio(panel.OverallMean, unit);
        features[at++] = ahead;
        features[at++] = (int)time.DayOfWeek;
        features[at++] = panel.Series.Grain == Grain.Hourly ? time.Hour : time.Day;
        features[at++] = time.DayOfYear;
        features[at++] = (target > 0 && !panel.Series.Known.IsOpen(target - 1) ? 1 : 0) + (panel.Series.Known.IsOpen(target + 1) ? 0 : 2);
        foreach (var name in knownColumns)
        {
            var (value, usual) = Known(panel.Series, name, origin, target);
            (features[at], features[at + 1]) = (value, usual);
            at += 2;
        }
    }

    private static float Ratio(double value, double unit) => double.IsNaN(value) ? 1 : (float)(value / unit);

    /// <summary>The period 52 weeks earlier relative to its neighbourhood: the size of a yearly event before anyone named it.</summary>
    private static float LastYear(PanelSeries panel, int origin, int target)
    {
        var then = target - YearBack(panel.Series.Grain);
        return then < 0 || then >= origin || double.IsNaN(panel.Observed[then]) ? 1 : Ratio(panel.Observed[then], Math.Max(panel.Mean(then + 14, 28), 1e-6));
    }

    /// <summary>How the month around the target compared with the two before the matching origin, a year ago.</summary>
    private static float YearOnYear(PanelSeries panel, int origin, int target)
    {
        var back = YearBack(panel.Series.Grain);
        var before = panel.Mean(origin - back, PanelSeries.LevelWindow);
        var then = panel.Mean(Math.Min(target - back + 7, origin), 14);
        return before > 0 && then >= 0 ? (float)Math.Clamp(then / before, 0.2, 5) : 1;
    }

    private static int YearBack(Grain grain) => grain switch { Grain.Weekly => 52, Grain.Hourly => 168, _ => 364 };

    private static float EffectOfWindow(PanelSeries panel, int origin, int window)
    {
        var sum = 0.0;
        var from = Math.Max(0, origin - window);
        for (var i = from; i < origin; i++)
            sum += panel.Effect(i);
        return origin > from ? (float)(sum / (origin - from)) : 0;
    }

    /// <summary>Value in the target period, and the same relative to the four weeks before the origin.</summary>
    public static (float Value, float AgainstUsual) Known(TimeSeries series, string name, int origin, int target)
    {
        foreach (var column in series.Known.Columns)
        {
            if (column.Name != name)
                continue;
            var values = column.Values.Span;
            var usual = 0.0;
            var from = Math.Max(0, origin - 28);
            for (var i = from; i < origin; i++)
                usual += values[i] / Math.Max(1, origin - from);
            return column.Kind == CovariateKind.Price && usual > 0
                ? ((float)values[target], (float)(values[target] / usual))
                : ((float)values[target], (float)(values[target] - usual));
        }
        return (0, 0);
    }
}
