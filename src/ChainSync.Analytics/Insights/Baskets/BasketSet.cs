namespace ChainSync.Analytics.Insights.Baskets;

/// <summary>Baskets of a stretch of days, as lists of products.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Products">What can be in a basket; a basket names products by their place here.</param>
/// <param name="Baskets">One array of distinct places per basket, in any order.</param>
public sealed record BasketSet(DateOnly From, DateOnly To, IReadOnlyList<BasketProduct> Products, IReadOnlyList<int[]> Baskets);
