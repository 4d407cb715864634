using ChainSync.Core.Identity;
using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

/// <summary>
/// Judges a sale. What contradicts itself or names nothing we know is refused; what merely differs from what the server would
/// have done has been paid and carried out of the shop: it is recorded as sold and flagged.
/// </summary>
public static class SaleRules
{
    /// <summary>The sale's own amounts contradict each other.</summary>
    public const string TotalMismatch = "sales.total-mismatch";

    /// <summary>A line names a product the store does not have.</summary>
    public const string UnknownProduct = "sales.unknown-product";

    /// <summary>The sale is not in the store's currency.</summary>
    public const string WrongCurrency = "sales.wrong-currency";

    /// <summary>Something else the sale names is not in this store.</summary>
    public const string UnknownReference = "common.unknown-reference";

    /// <summary>The sale as it is to be recorded, or why not.</summary>
    /// <param name="sale">What the till sent.</param>
    /// <param name="context">What the server knows.</param>
    /// <param name="caller">Who sold.</param>
    /// <param name="now">The server's clock.</param>
    public static Outcome<Sale> Record(RecordSale sale, SaleContext context, Caller caller, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(sale);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(caller);
        var refused = SaleShape.Check(sale)
            ?? CheckCurrency(sale, context)
            ?? SaleSums.Check(sale)
            ?? PaymentRules.Check(new(sale.TotalMinor, sale.CashRoundingMinor, sale.ChangeMinor, sale.Payments), context.Store.CashRoundingMinor)
            ?? CheckReferences(sale, context);
        if (refused is not null) return refused;
        var priced = BasketPricer.Price(SaleBasket.Of(sale, context));
        return priced.IsAccepted ? Recorded(sale, context, caller, now, priced.Value) : priced.Rejection;
    }

    private static Rejection? CheckCurrency(RecordSale sale, SaleContext context) =>
        sale.Currency == context.Store.Currency
            ? null
            : Rejection.OfField(WrongCurrency, $"This store sells in {context.Store.Currency}.", "currency", $"Must be {context.Store.Currency}.");

    private static Rejection? CheckReferences(RecordSale sale, SaleContext context)
    {
        var unknown = new FieldErrors();
        for (var i = 0; i < sale.Lines.Count; i++)
            unknown.Require(context.Products.ContainsKey(sale.Lines[i].ProductId), $"lines[{i}].productId", "This store has no such product.");
        if (unknown.Any) return unknown.ToRejection(UnknownProduct, "A line names a product that this store does not have. Nothing was recorded.");

        var errors = new FieldErrors();
        errors.Require(context.CustomerIsKnown, "customerId", "This store has no such customer.");
        errors.Require(sale.RegisterId is null || context.RegisterSeries is not null, "registerId", "This store has no such register.");
        errors.Require(sale.Receipt is null || sale.Receipt.Series == context.RegisterSeries, "receipt.series", "Must be the register's series.");
        return errors.ToRejection(UnknownReference, "The sale names something that this store does not have. Nothing was recorded.");
    }

    private static Sale Recorded(RecordSale sale, SaleContext context, Caller caller, DateTimeOffset now, PricedBasket priced) => new()
    {
        Id = sale.Id,
        Number = sale.Receipt?.ToString() ?? ShortNumber(sale.Id),
        Receipt = sale.Receipt,
        RegisterId = sale.RegisterId,
        ActorId = caller.Id,
        ActorName = caller.Name,
        CustomerId = sale.CustomerId,
        ShiftId = sale.ShiftId,
        SoldAt = sale.SoldAt.ToUniversalTime(),
        BusinessDate = context.Store.DayOf(sale.SoldAt < now ? sale.SoldAt : now),
        Status = "completed",
        PaymentStatus = "paid",
        Currency = sale.Currency,
        PricesIncludeTax = sale.PricesIncludeTax,
        Lines = [.. sale.Lines.OrderBy(l => l.LineNo).Select(l => RecordedLine(l, context.Products[l.ProductId]))],
        SubtotalMinor = sale.SubtotalMinor,
        DiscountMinor = sale.DiscountMinor,
        Discount = sale.Discount,
        TaxMinor = sale.TaxMinor,
        TotalMinor = sale.TotalMinor,
        CashRoundingMinor = sale.CashRoundingMinor,
        Payments = sale.Payments,
        ChangeMinor = sale.ChangeMinor,
        Flags = [.. SaleComparison.Flags(sale, context, priced, now)],
        SyncVersion = 1,
        LastSyncedAt = now,
    };

    private static SaleLine RecordedLine(SoldLine line, CatalogueEntry product) => new(
        line.LineNo, line.ProductId, product.Sku, product.Name, line.QuantityMilli, line.UnitPriceMinor, product.PriceMinor, line.TaxRatePpm,
        line.GrossMinor, line.DiscountMinor, line.TicketDiscountMinor, line.TaxMinor, line.TotalMinor, line.Discount);

    /// <summary>The number of a sale without a receipt: the random end of its id.</summary>
    public static string ShortNumber(Guid id) => id.ToString("N")[^8..].ToUpperInvariant();
}
