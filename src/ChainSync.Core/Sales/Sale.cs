using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

/// <summary>A sale as recorded: what the till sent, with what the server knows of it. The log's body and the answer to the till.</summary>
public sealed record Sale
{
    /// <summary>The sale's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it: the receipt's number, else the tail of the id.</summary>
    public required string Number { get; init; }

    /// <summary>The receipt's number, where a register gave one.</summary>
    public ReceiptNumber? Receipt { get; init; }

    /// <summary>The register that sold.</summary>
    public Guid? RegisterId { get; init; }

    /// <summary>The account or employee who sold.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? ActorName { get; init; }

    /// <summary>Who bought, where known.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The shift it belongs to.</summary>
    public Guid? ShiftId { get; init; }

    /// <summary>The till's clock at the sale.</summary>
    public required DateTimeOffset SoldAt { get; init; }

    /// <summary>The shop's local day it counts for.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary><c>completed</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>paid</c>, <c>partly-refunded</c> or <c>refunded</c>.</summary>
    public required string PaymentStatus { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>How it was priced.</summary>
    public required bool PricesIncludeTax { get; init; }

    /// <summary>The lines, by number.</summary>
    public required IReadOnlyList<SaleLine> Lines { get; init; }

    /// <summary>Sum of gross less line discounts.</summary>
    public required long SubtotalMinor { get; init; }

    /// <summary>The ticket discount.</summary>
    public required long DiscountMinor { get; init; }

    /// <summary>The ticket discount as it was given.</summary>
    public GivenDiscount? Discount { get; init; }

    /// <summary>Tax in or on the sale.</summary>
    public required long TaxMinor { get; init; }

    /// <summary>What the goods cost.</summary>
    public required long TotalMinor { get; init; }

    /// <summary>What cash rounding added.</summary>
    public required long CashRoundingMinor { get; init; }

    /// <summary>How it was paid.</summary>
    public required IReadOnlyList<Payment> Payments { get; init; }

    /// <summary>Cash given back.</summary>
    public required long ChangeMinor { get; init; }

    /// <summary>What has been refunded since.</summary>
    public long RefundedMinor { get; init; }

    /// <summary>What a manager should look at; see <see cref="SaleFlags"/>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Where it was imported from, or null.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>Its version.</summary>
    public required long SyncVersion { get; init; }

    /// <summary>When the server last changed it.</summary>
    public required DateTimeOffset LastSyncedAt { get; init; }
}

/// <summary>A line of a recorded sale.</summary>
/// <param name="LineNo">1, 2, 3 …</param>
/// <param name="ProductId">What was sold.</param>
/// <param name="Sku">Its code at the time.</param>
/// <param name="Name">Its name at the time.</param>
/// <param name="QuantityMilli">Thousandths of a unit.</param>
/// <param name="UnitPriceMinor">As sold.</param>
/// <param name="CatalogueUnitPriceMinor">What the server's catalogue said when it arrived.</param>
/// <param name="TaxRatePpm">The rate.</param>
/// <param name="GrossMinor">Price × quantity.</param>
/// <param name="DiscountMinor">The line's own discount.</param>
/// <param name="TicketDiscountMinor">Its share of the ticket discount.</param>
/// <param name="TaxMinor">Tax.</param>
/// <param name="TotalMinor">What it cost.</param>
/// <param name="Discount">The line discount as given.</param>
/// <param name="RefundedQuantityMilli">How much of it has come back.</param>
public sealed record SaleLine(
    int LineNo,
    Guid ProductId,
    string Sku,
    string Name,
    long QuantityMilli,
    long UnitPriceMinor,
    long CatalogueUnitPriceMinor,
    int TaxRatePpm,
    long GrossMinor,
    long DiscountMinor,
    long TicketDiscountMinor,
    long TaxMinor,
    long TotalMinor,
    GivenDiscount? Discount = null,
    long RefundedQuantityMilli = 0);

/// <summary>Why a manager should look at a sale. It was accepted as sold all the same.</summary>
public static class SaleFlags
{
    /// <summary>A line's price is not the catalogue's.</summary>
    public const string PriceDiffers = "price-differs";

    /// <summary>The server, pricing the same basket, comes to other amounts.</summary>
    public const string PricingDiffers = "pricing-differs";

    /// <summary>A line's tax rate is not the product's.</summary>
    public const string TaxDiffers = "tax-differs";

    /// <summary>More was sold than was on hand.</summary>
    public const string Oversold = "oversold";

    /// <summary>The till's clock is ahead of the server's.</summary>
    public const string ClockSkew = "clock-skew";
}
