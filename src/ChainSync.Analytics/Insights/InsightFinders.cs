using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Prices;
using ChainSync.Analytics.Insights.Promotions;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Insights.Stock;

namespace ChainSync.Analytics.Insights;

/// <summary>The finders the library brings.</summary>
public static class InsightFinders
{
    /// <summary>All of them; one whose part of the input is absent finds nothing.</summary>
    public static IReadOnlyList<IInsightFinder> All { get; } =
    [
        new ReorderFinder(),
        new StockOutFinder(),
        new IdleStockFinder(),
        new TrendFinder(),
        new SeasonFinder(),
        new PromotionFinder(),
        new PriceLevelFinder(),
        new BelowCostFinder(),
        new PriceChangeFinder(),
        new BasketPairFinder(),
        new StaffingFinder(),
    ];
}
