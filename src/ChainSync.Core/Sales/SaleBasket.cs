using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

// A sale's basket, to price it again on the server.
internal static class SaleBasket
{
    public static Basket Of(RecordSale sale, SaleContext context) =>
        new(context.Currency, sale.PricesIncludeTax, [.. sale.Lines.Select(LineOf)])
        {
            Discount = DiscountOf(sale.Discount),
            CashRoundingMinor = context.Store.CashRoundingMinor,
        };

    private static BasketLine LineOf(SoldLine line) =>
        new(line.UnitPriceMinor, line.QuantityMilli, line.TaxRatePpm, DiscountOf(line.Discount), line.ProductId);

    private static Discount? DiscountOf(GivenDiscount? given) => given switch
    {
        { RatePpm: { } rate } => new Discount.Percent(rate),
        { AmountMinor: { } amount } => new Discount.Amount(amount),
        _ => null,
    };
}
