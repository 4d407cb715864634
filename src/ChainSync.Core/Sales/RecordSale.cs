using System.Text.Json.Serialization;
using ChainSync.Core.Json;
using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

/// <summary>A sale as the till made it: the till's figures are what the customer paid and was shown, so they are kept as sold.</summary>
/// <param name="Id">Made by the till when the cashier pressed Pay.</param>
/// <param name="SoldAt">The till's clock, for display and for the business date; never for order.</param>
/// <param name="Currency">Must be the store's.</param>
/// <param name="PricesIncludeTax">How the till priced it; stamped on the sale.</param>
/// <param name="Lines">1 to 1,000 lines.</param>
/// <param name="SubtotalMinor">Sum of the lines' gross less line discount.</param>
/// <param name="DiscountMinor">The ticket discount, spread over the lines.</param>
/// <param name="TaxMinor">Sum of the lines' tax.</param>
/// <param name="TotalMinor">Sum of the lines' totals: what the goods cost.</param>
/// <param name="CashRoundingMinor">Signed: what rounding to the smallest coin added.</param>
/// <param name="Payments">Their amounts sum to total + cash rounding.</param>
/// <param name="ChangeMinor">Sum of tendered less settled.</param>
/// <param name="Discount">The ticket discount as it was given.</param>
/// <param name="RegisterId">The register that numbered the receipt.</param>
/// <param name="Receipt">The receipt's number in the register's series.</param>
/// <param name="CustomerId">Who bought, where known.</param>
/// <param name="ShiftId">The shift it belongs to.</param>
public sealed record RecordSale(
    Guid Id,
    DateTimeOffset SoldAt,
    string Currency,
    bool PricesIncludeTax,
    IReadOnlyList<SoldLine> Lines,
    long SubtotalMinor,
    long DiscountMinor,
    long TaxMinor,
    long TotalMinor,
    long CashRoundingMinor,
    IReadOnlyList<Payment> Payments,
    long ChangeMinor,
    GivenDiscount? Discount = null,
    Guid? RegisterId = null,
    ReceiptNumber? Receipt = null,
    Guid? CustomerId = null,
    Guid? ShiftId = null);

/// <summary>One line of a sale as the till priced it. Amounts are minor units.</summary>
/// <param name="LineNo">1, 2, 3 … in the order of the receipt.</param>
/// <param name="ProductId">What was sold.</param>
/// <param name="QuantityMilli">Thousandths of a unit, above zero.</param>
/// <param name="UnitPriceMinor">The price it was sold at.</param>
/// <param name="TaxRatePpm">The rate it was taxed at.</param>
/// <param name="GrossMinor">Unit price × quantity, rounded.</param>
/// <param name="DiscountMinor">This line's own discount.</param>
/// <param name="TicketDiscountMinor">This line's share of the ticket discount.</param>
/// <param name="TaxMinor">The tax in, or on, the line.</param>
/// <param name="TotalMinor">What the line costs the customer, tax included.</param>
/// <param name="Discount">The line discount as it was given.</param>
public sealed record SoldLine(
    int LineNo,
    Guid ProductId,
    long QuantityMilli,
    long UnitPriceMinor,
    int TaxRatePpm,
    long GrossMinor,
    long DiscountMinor,
    long TicketDiscountMinor,
    long TaxMinor,
    long TotalMinor,
    GivenDiscount? Discount = null);

/// <summary>A discount as a person gave it: a percentage or an amount.</summary>
/// <param name="Kind"><c>percent</c> or <c>amount</c>.</param>
/// <param name="RatePpm">For percent: parts per million, 0 to 1,000,000.</param>
/// <param name="AmountMinor">For amount: minor units, not negative.</param>
public sealed record GivenDiscount(DiscountKind Kind, int? RatePpm = null, long? AmountMinor = null);

/// <summary>How a discount was given.</summary>
[JsonConverter(typeof(TolerantEnumConverter<DiscountKind>))]
public enum DiscountKind
{
    /// <summary>A value this build does not know.</summary>
    Unknown,

    /// <summary>A share of the price.</summary>
    Percent,

    /// <summary>So much off.</summary>
    Amount,
}

/// <summary>A receipt's number in its register's series.</summary>
/// <param name="Series">For example <c>S1-R2</c>.</param>
/// <param name="Number">From 1.</param>
public sealed record ReceiptNumber(string Series, long Number)
{
    /// <summary><c>S1-R2-214</c>.</summary>
    public override string ToString() => $"{Series}-{Number}";
}
