namespace ChainSync.Analytics.Insights.Promotions;

/// <summary>A promotion of a series and what it does to the margin.</summary>
/// <param name="Column">Name of the covariate that is above 0 on its days.</param>
/// <param name="MarginNormalMinor">Margin of one unit of the series on a normal day, minor units. For a revenue series: the margin rate.</param>
/// <param name="MarginPromotedMinor">Margin of one unit while promoted. For a revenue series with cost share c of the normal price and
/// discount d: 1 − c / (1 − d).</param>
public sealed record PromotionTerms(string Column, double MarginNormalMinor, double MarginPromotedMinor);
