using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>The features of (slow series, origin, block ahead): levels over many windows, empty shelves, prices, the season of the year.</summary>
internal static class SlowFeatures
{
    /// <summary>Windows in blocks.</summary>
    private static readonly int[] Windows = [1, 2, 4, 13, 26, 52];

    public const int Width = 35;

    /// <param name="view">Series.</param>
    /// <param name="origin">First period that is not known.</param>
    /// <param name="block">Blocks between the origin and the target, from 0.</param>
    /// <param name="features">Filled; <see cref="Width"/> long.</param>
    public static void Fill(SlowView view, int origin, int block, Span<float> features)
    {
        var (panel, unit, length) = (view.Panel, view.Unit(origin), view.Block);
        var at = 0;
        foreach (var window in Windows)
            features[at++] = Ratio(panel.Mean(origin, window * length), unit);
        for (var speed = 0; speed < 3; speed++)
            features[at++] = Ratio(panel.Smoothed(origin, speed), unit);
        foreach (var window in (ReadOnlySpan<int>)[4, 13, 26])
            features[at++] = Ratio(view.StockedMean(origin, window * length), unit);
        features[at++] = (float)view.EmptyShare(origin, 13 * length);
        features[at++] = (float)view.EmptyShare(origin, 52 * length);
        var since = panel.SinceSale(origin);
        features[at++] = since;
        features[at++] = (float)(since * panel.Mean(origin - since, 26 * length));
        features[at++] = (float)panel.ZeroShare(origin, 2 * length);
        features[at++] = (float)panel.ZeroShare(origin, 8 * length);
        features[at++] = (float)view.Lumpiness(origin, 13 * length);
        features[at++] = MathF.Log((float)unit);
        features[at++] = origin - view.First;
        at = FillPrice(view, origin, origin + block * length + length / 2, features, at);
        at = FillYear(view, origin, unit, features, at);
        features[at++] = Ratio(Busiest(view, origin), unit);
        features[at] = block;
    }

    private static int FillPrice(SlowView view, int origin, int target, Span<float> features, int at)
    {
        features[at++] = (float)view.PriceRatio(target, origin, 4 * view.Block);
        features[at++] = (float)view.PriceRatio(target, origin, 26 * view.Block);
        features[at++] = (float)view.PriceRatio(target, origin, 1);
        features[at++] = (float)view.PriceAgainstHighest(target, origin, 52 * view.Block);
        features[at++] = (float)view.Price(target);
        return at;
    }

    /// <summary>Where in the year the target lies, and what the same weeks brought a year ago.</summary>
    private static int FillYear(SlowView view, int origin, double unit, Span<float> features, int at)
    {
        var (panel, length) = (view.Panel, view.Block);
        var year = (int)Math.Round(panel.Series.Grain.PeriodsPerYear() / length) * length;
        var then = origin - year;
        features[at++] = MathF.Sin(2 * MathF.PI * panel.Series.TimeAt(origin).DayOfYear / 365.25f);
        features[at++] = MathF.Cos(2 * MathF.PI * panel.Series.TimeAt(origin).DayOfYear / 365.25f);
        var (before, month) = (panel.Mean(then, 8 * length), panel.Mean(Math.Min(then + 4 * length, origin), 4 * length));
        features[at++] = then > 8 * length && before > 0 ? Math.Clamp(Ratio(month, before), 0.1f, 6) : 1;
        features[at++] = then > 26 * length ? Ratio(panel.Mean(Math.Min(then + 4 * length, origin), 8 * length), unit) : 1;
        return at;
    }

    /// <summary>Mean of the best of the last eight blocks.</summary>
    private static double Busiest(SlowView view, int origin)
    {
        var busiest = 0.0;
        for (var k = 0; k < 8; k++)
            if (view.Panel.Mean(origin - k * view.Block, view.Block) is var mean && mean > busiest)
                busiest = mean;
        return busiest;
    }

    private static float Ratio(double value, double unit) => double.IsNaN(value) ? 1 : (float)(value / unit);
}
