namespace ChainSync.Core.Pricing;

/// <summary>
/// Prices a basket. The till applies the same rules offline (web/src/client/pricing.ts) and tests/vectors pins the two together.
/// </summary>
/// <remarks>
/// <code>
/// gross          = round(unitPrice × quantity ÷ 1,000)
/// discount       = round(gross × rate ÷ 1,000,000)  or  min(amount, gross)
/// base           = gross − discount
/// ticketDiscount = its part of the ticket discount on Σ base, spread by largest remainder on the bases
/// net of discounts = base − ticketDiscount
/// prices with tax:    total = net of discounts;        tax = total − round(total × 1,000,000 ÷ (1,000,000 + taxRate))
/// prices without tax: tax = round(net of discounts × taxRate ÷ 1,000,000);    total = net of discounts + tax
/// </code>
/// Each line is rounded for itself, so a receipt's lines always add up. No total depends on the order of the lines.
/// </remarks>
public static class BasketPricer
{
    /// <summary>The basket's amounts, or <c>common.invalid</c> with every field that is past its bound.</summary>
    public static Outcome<PricedBasket> Price(Basket basket)
    {
        ArgumentNullException.ThrowIfNull(basket);
        return BasketRules.Check(basket) is { } rejection ? rejection : PriceChecked(basket);
    }

    internal static long GrossOf(BasketLine line, Rounding rounding) =>
        rounding.Scale(line.UnitPriceMinor, line.QuantityMilli, Units.MilliPerUnit);

    private static PricedBasket PriceChecked(Basket basket)
    {
        var reduced = basket.Lines.Select(line => Reduce(line, basket.Rounding)).ToArray();
        var subtotal = reduced.Sum(line => line.BaseMinor);
        var ticketDiscount = basket.Discount?.Of(subtotal, basket.Rounding) ?? 0;
        var parts = SpreadOver(reduced, ticketDiscount);
        var lines = reduced.Zip(parts, (line, part) => Tax(line, part, basket)).ToArray();
        return new PricedBasket(
            basket.Currency,
            lines,
            TaxesOf(basket.Lines, lines),
            subtotal,
            ticketDiscount,
            lines.Sum(line => line.TaxMinor),
            lines.Sum(line => line.TotalMinor));
    }

    private static ReducedLine Reduce(BasketLine line, Rounding rounding)
    {
        var gross = GrossOf(line, rounding);
        return new ReducedLine(gross, line.Discount?.Of(gross, rounding) ?? 0, line.TaxRatePpm);
    }

    // Spread in an order that depends only on what the lines are: whichever of two lines with equal remainders gets the odd
    // unit, swapping them must not change the tax, so no total depends on the order of scanning.
    private static long[] SpreadOver(ReducedLine[] lines, long ticketDiscount)
    {
        var order = Enumerable.Range(0, lines.Length)
            .OrderByDescending(i => lines[i].BaseMinor)
            .ThenByDescending(i => lines[i].TaxRatePpm)
            .ToArray();
        var spread = LargestRemainder.Spread(ticketDiscount, Array.ConvertAll(order, i => lines[i].BaseMinor));
        Array.Sort(order, spread); // back to the lines' own order
        return spread;
    }

    private static PricedLine Tax(ReducedLine line, long ticketDiscount, Basket basket)
    {
        var amount = line.BaseMinor - ticketDiscount;
        var tax = basket.PricesIncludeTax
            ? amount - basket.Rounding.Scale(amount, Units.PpmPerUnit, Units.PpmPerUnit + line.TaxRatePpm)
            : basket.Rounding.Scale(amount, line.TaxRatePpm, Units.PpmPerUnit);
        var total = basket.PricesIncludeTax ? amount : amount + tax;
        return new PricedLine(line.GrossMinor, line.DiscountMinor, ticketDiscount, tax, total);
    }

    private static TaxTotal[] TaxesOf(IReadOnlyList<BasketLine> lines, PricedLine[] priced) =>
    [
        .. lines.Zip(priced, (line, amounts) => (line.TaxRatePpm, amounts.TaxMinor, amounts.TotalMinor))
            .GroupBy(line => line.TaxRatePpm)
            .OrderBy(group => group.Key)
            .Select(group => TaxTotalOf(group.Key, group.Sum(line => line.TaxMinor), group.Sum(line => line.TotalMinor))),
    ];

    private static TaxTotal TaxTotalOf(int ratePpm, long tax, long gross) => new(ratePpm, gross - tax, tax, gross);

    private readonly record struct ReducedLine(long GrossMinor, long DiscountMinor, int TaxRatePpm)
    {
        public long BaseMinor => GrossMinor - DiscountMinor;
    }
}
