namespace ChainSync.Core.Pricing;

/// <summary>What a customer is about to buy, before it is priced, with the store's rules that decide the price.</summary>
/// <param name="Currency">Currency of every amount.</param>
/// <param name="PricesIncludeTax">Whether unit prices contain their tax (shops of Europe) or it is added (North America).</param>
/// <param name="Lines">0 to <see cref="PricingBounds.MaxLines"/> lines.</param>
public sealed record Basket(Currency Currency, bool PricesIncludeTax, IReadOnlyList<BasketLine> Lines)
{
    /// <summary>The discount on the whole ticket, taken after the lines' own; null for none.</summary>
    public Discount? Discount { get; init; }

    /// <summary>Where a half goes in every rounding of this basket.</summary>
    public Rounding Rounding { get; init; } = Rounding.HalfAwayFromZero;

    /// <summary>The smallest coin, in minor units: cash is settled in multiples of it. 1 to <see cref="PricingBounds.MaxCashRoundingMinor"/>; 1 rounds nothing.</summary>
    public long CashRoundingMinor { get; init; } = 1;

    /// <summary>What is added to an amount (or taken off, when negative) if it is settled in cash: see <see cref="CashRounding.Of"/>.</summary>
    public long CashRoundingOf(long amountMinor) => CashRounding.Of(amountMinor, CashRoundingMinor, Rounding);
}
