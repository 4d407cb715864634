namespace ChainSync.Core.Pricing;

/// <summary>A basket with all its amounts, in minor units. Totals are sums of the lines' integers, never computed beside them.</summary>
/// <param name="Currency">Currency of every amount.</param>
/// <param name="Lines">One for each line of the basket, in its order.</param>
/// <param name="Taxes">One for each tax rate that occurs, zero included, lowest rate first.</param>
/// <param name="SubtotalMinor">Σ (gross − line discount).</param>
/// <param name="DiscountMinor">The ticket discount, which is the sum of its parts on the lines.</param>
/// <param name="TaxMinor">Σ line taxes.</param>
/// <param name="TotalMinor">Σ line totals: what is to be paid, before any cash rounding.</param>
public sealed record PricedBasket(
    Currency Currency,
    IReadOnlyList<PricedLine> Lines,
    IReadOnlyList<TaxTotal> Taxes,
    long SubtotalMinor,
    long DiscountMinor,
    long TaxMinor,
    long TotalMinor);
