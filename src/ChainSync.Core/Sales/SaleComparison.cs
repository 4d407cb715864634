using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

// Where a sale differs from what the server would have done: flags for a manager, never a change.
internal static class SaleComparison
{
    public static IEnumerable<string> Flags(RecordSale sale, SaleContext context, PricedBasket priced, DateTimeOffset now)
    {
        if (sale.Lines.Any(l => l.UnitPriceMinor != context.Products[l.ProductId].PriceMinor)) yield return SaleFlags.PriceDiffers;
        if (sale.Lines.Any(l => l.TaxRatePpm != context.Products[l.ProductId].TaxRatePpm)) yield return SaleFlags.TaxDiffers;
        if (PricingDiffers(sale, context, priced)) yield return SaleFlags.PricingDiffers;
        if (IsOversold(sale, context)) yield return SaleFlags.Oversold;
        if (sale.SoldAt > now + SaleLimits.ClockSkew) yield return SaleFlags.ClockSkew;
    }

    private static bool PricingDiffers(RecordSale sale, SaleContext context, PricedBasket priced) =>
        sale.PricesIncludeTax != context.Store.PricesIncludeTax
        || sale.CashRoundingMinor != PaymentRules.CashRoundingOf(sale.TotalMinor, sale.Payments, context.Store.CashRoundingMinor)
        || !sale.Lines.Select(Amounts).SequenceEqual(priced.Lines);

    private static PricedLine Amounts(SoldLine line) =>
        new(line.GrossMinor, line.DiscountMinor, line.TicketDiscountMinor, line.TaxMinor, line.TotalMinor);

    private static bool IsOversold(RecordSale sale, SaleContext context) =>
        sale.Lines.GroupBy(l => l.ProductId).Any(p => p.Sum(l => l.QuantityMilli) > context.Products[p.Key].AvailableMilli);
}
