namespace ChainSync.Analytics.Insights.Stock;

/// <summary>What to order of a product this morning, and why.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Position">Units here and on their way, less reserved ones.</param>
/// <param name="ExpectedDemand">Units expected to sell until the goods of the next chance to order are here.</param>
/// <param name="ReorderPoint">Units that cover that demand at the service level; below it one orders.</param>
/// <param name="Quantity">Units to order: up to the reorder point, in whole packs, at least the minimum order; 0 when the position is enough.</param>
/// <param name="Spread">Standard deviation of that demand, units.</param>
/// <param name="ExpectedShortage">Units expected to be asked for and missing in that time if nothing is ordered.</param>
/// <param name="ServiceLevel">Share of order cycles to pass without running out.</param>
/// <param name="ProtectionDays">Days of that time.</param>
public sealed record ReorderAdvice(
    string ProductId,
    double Position,
    double ExpectedDemand,
    double ReorderPoint,
    double Quantity,
    double Spread,
    double ExpectedShortage,
    double ServiceLevel,
    int ProtectionDays);
