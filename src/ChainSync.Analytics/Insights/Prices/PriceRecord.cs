using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights.Prices;

/// <summary>A product's prices of the past year and how much they usually move.</summary>
/// <param name="Now">Price in force, minor units.</param>
/// <param name="Since">Day it came into force.</param>
/// <param name="Lowest">Lowest price of the year before it came into force.</param>
/// <param name="Highest">Highest price of that year.</param>
/// <param name="Median">Median of the prices of that year, each once per stretch.</param>
/// <param name="UsualChange">Robust deviation of the logarithm of a price change; at least <see cref="LeastChange"/>.</param>
internal sealed record PriceRecord(long Now, DateOnly Since, long Lowest, long Highest, double Median, double UsualChange)
{
    /// <summary>Rounding of price tags: a product whose price never moved may still move by 2 %.</summary>
    public const double LeastChange = 0.02;

    private const int YearDays = 365;

    /// <summary>The record, or null when no price above 0 is known from before the one in force.</summary>
    public static PriceRecord? Of(ProductFacts product)
    {
        var prices = product.Prices;
        if (prices.Count < 2 || prices.Any(p => p.PriceMinor <= 0))
            return null;
        var now = prices[^1];
        var oldest = now.From.AddDays(-YearDays);
        // A price that began before the year was still in force when it began.
        long[] earlier = [.. prices.SkipLast(1).Where((_, i) => prices[i + 1].From > oldest).Select(p => p.PriceMinor).Order()];
        if (earlier.Length == 0)
            return null;
        var changes = new double[prices.Count - 2];
        for (var i = 0; i < changes.Length; i++)
            changes[i] = Math.Abs(Math.Log((double)prices[i + 1].PriceMinor / prices[i].PriceMinor));
        var usual = changes.Length == 0 ? 0 : 1.4826 * Statistics.Median(changes);
        var median = Statistics.Quantile(Array.ConvertAll(earlier, p => (double)p), 0.5);
        return new PriceRecord(now.PriceMinor, now.From, earlier[0], earlier[^1], median, Math.Max(usual, LeastChange));
    }

    /// <summary>Units sold per known day over the last 56.</summary>
    public static double UnitsPerDay(TimeSeries sales)
    {
        var recent = Stock.RecentDays.Of(sales, 56);
        return recent.Known == 0 ? 0 : recent.Sum / recent.Known;
    }
}
