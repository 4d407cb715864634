namespace ChainSync.Analytics.Insights.Prices;

/// <summary>A price and the day it came into force.</summary>
/// <param name="From">First day of the price.</param>
/// <param name="PriceMinor">Price of one unit, minor units; ≥ 0.</param>
public readonly record struct PriceFrom(DateOnly From, long PriceMinor);
