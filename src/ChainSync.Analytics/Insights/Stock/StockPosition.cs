namespace ChainSync.Analytics.Insights.Stock;

/// <summary>Goods of one product, in units.</summary>
/// <param name="OnHand">In the store; below 0 after an oversell.</param>
/// <param name="Reserved">Of those, promised to orders; ≥ 0.</param>
/// <param name="Inbound">Ordered and not yet here, in any order.</param>
public sealed record StockPosition(double OnHand, double Reserved, IReadOnlyList<InboundOrder> Inbound)
{
    /// <summary>Free to sell today.</summary>
    public double Available => OnHand - Reserved;

    /// <summary>Free to sell once everything ordered is here: what an ordering rule looks at.</summary>
    public double Position => Available + Inbound.Sum(o => o.Quantity);

    /// <summary>Free to sell on a day if nothing were sold before: goods that arrive on the day count.</summary>
    public double AvailableBy(DateOnly day) => Available + Inbound.Where(o => o.Arrives <= day).Sum(o => o.Quantity);
}
