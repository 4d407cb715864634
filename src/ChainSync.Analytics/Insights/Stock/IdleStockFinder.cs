using ChainSync.Analytics.Series;
using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Stock;

/// <summary>
/// Money lying on shelves: dead stock (no sale in <see cref="InsightOptions.DeadDays"/> days with goods) and slow stock (cover above
/// <see cref="InsightOptions.SlowCoverDays"/> even if the product sells as fast as its record allows at 95 %).
/// </summary>
internal sealed class IdleStockFinder : IInsightFinder
{
    /// <summary>Traded days from which the rate of a slow product is taken.</summary>
    private const int RateDays = 56;

    /// <summary>Days over whose revenue tied-up money is weighed.</summary>
    private const int MonthDays = 28;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        foreach (var product in input.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (product is { Stock.Available: > 0, CostMinor: { } cost } && (Dead(product, cost, input, options) ?? Slow(product, cost, input, options)) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Dead(ProductFacts product, double cost, InsightInput input, InsightOptions options)
    {
        var recent = RecentDays.Of(product.Sales, options.DeadDays);
        if (recent.Known < options.DeadDays || recent.Sum > 0)
            return null;
        var before = RecentDays.Of(product.Sales, options.DeadDays, recent.First);
        var units = product.Stock!.Available;
        var evidence = new Evidence(
            "dead-stock",
            RecentDays.DayOf(product.Sales, recent.First),
            input.Today.AddDays(-1),
            Evidence.Numbers(("available", units), ("unitCostMinor", cost), ("knownDays", recent.Known)),
            Evidence.Numbers(("sold", recent.Sum), ("soldBefore", before.Sum), ("tiedUpMinor", units * cost)));
        return new Finding(InsightKind.DeadStock, product.Id, evidence, new InsightAction(InsightActionKind.ClearOut, product.Id) { Quantity = units })
        {
            SubjectName = product.Name,
            StakeMinor = units * cost,
            StakeDays = MonthDays,
            Sigmas = Math.Sqrt(2 * Math.Max(0, before.Sum)), // deviance of "none sold" under the rate before
        };
    }

    private static Finding? Slow(ProductFacts product, double cost, InsightInput input, InsightOptions options)
    {
        var recent = RecentDays.Of(product.Sales, RateDays);
        if (recent.Known < RateDays)
            return null;
        var units = product.Stock!.Available;
        var fastest = Gamma.InvCDF(Math.Max(0, recent.Sum) + 1, 1, 0.95) / recent.Known; // exact Poisson bound (Garwood 1936)
        var excess = units - fastest * options.SlowCoverDays;
        if (excess <= 0)
            return null;
        var perDay = recent.Sum / recent.Known;
        var evidence = new Evidence(
            "slow-stock",
            RecentDays.DayOf(product.Sales, recent.First),
            input.Today.AddDays(-1),
            Evidence.Numbers(("available", units), ("unitCostMinor", cost), ("knownDays", recent.Known), ("limitDays", options.SlowCoverDays)),
            Evidence.Numbers(
                ("sold", recent.Sum),
                ("perDay", perDay),
                ("fastestPerDay", fastest),
                ("leastCoverDays", units / fastest),
                ("excess", excess),
                ("excessMinor", excess * cost)));
        return new Finding(InsightKind.SlowStock, product.Id, evidence, new InsightAction(InsightActionKind.ClearOut, product.Id) { Quantity = Math.Ceiling(excess) })
        {
            SubjectName = product.Name,
            StakeMinor = excess * cost,
            StakeDays = MonthDays,
            Sigmas = (units - perDay * options.SlowCoverDays) / Math.Sqrt(Math.Max(1, perDay * options.SlowCoverDays)),
        };
    }
}

/// <summary>Sales of the last known days of a series.</summary>
/// <param name="Sum">Units sold.</param>
/// <param name="Known">Days counted.</param>
/// <param name="First">Place of the oldest of them.</param>
internal readonly record struct RecentDays(double Sum, int Known, int First)
{
    /// <summary>The last <paramref name="most"/> observed days before a place (the end when negative).</summary>
    public static RecentDays Of(TimeSeries series, int most, int before = -1)
    {
        var (sum, known, first) = (0.0, 0, before < 0 ? series.Count : before);
        for (var i = first - 1; i >= 0 && known < most; i--)
            if (series.IsObserved(i))
                (sum, known, first) = (sum + series.Values[i], known + 1, i);
        return new RecentDays(sum, known, first);
    }

    public static DateOnly DayOf(TimeSeries series, int index) => DateOnly.FromDateTime(series.TimeAt(index));
}
