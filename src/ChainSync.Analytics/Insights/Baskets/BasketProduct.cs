namespace ChainSync.Analytics.Insights.Baskets;

/// <summary>A product that can be in a basket.</summary>
/// <param name="Id">Key, unique in its set.</param>
/// <param name="Name">Name for a person.</param>
/// <param name="LineValueMinor">What a basket line of it usually brings, minor units; ≥ 0.</param>
public sealed record BasketProduct(string Id, string Name, double LineValueMinor);
