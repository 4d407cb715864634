using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

/// <summary>Goods of a sale coming back.</summary>
/// <param name="Id">Made by the till.</param>
/// <param name="Lines">Which of the sale's lines and how much of each.</param>
/// <param name="Reason">Why, in the cashier's words.</param>
/// <param name="Payments">How the money goes back; sums to what the lines come to and the cash rounding.</param>
/// <param name="RefundedAt">The till's clock.</param>
/// <param name="Restock">Whether the goods go back on the shelf.</param>
/// <param name="CashRoundingMinor">What paying back in coins adds or takes, minor units; at most half the smallest coin, and 0 without cash.</param>
public sealed record RecordRefund(
    Guid Id,
    IReadOnlyList<RefundedQuantity> Lines,
    string Reason,
    IReadOnlyList<Payment> Payments,
    DateTimeOffset RefundedAt,
    bool Restock = true,
    long CashRoundingMinor = 0);

/// <summary>So much of one line of the sale.</summary>
/// <param name="LineNo">The sale's line.</param>
/// <param name="QuantityMilli">Thousandths of a unit, above zero.</param>
public sealed record RefundedQuantity(int LineNo, long QuantityMilli);

/// <summary>A refund as recorded: the log's body and the answer to the till.</summary>
public sealed record Refund
{
    /// <summary>The refund's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The sale it takes back from; null for an imported return that names none.</summary>
    public Guid? SaleId { get; init; }

    /// <summary>Who gave the money back.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? ActorName { get; init; }

    /// <summary>Whose sale it was, where known.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the goods went back on the shelf.</summary>
    public required bool Restock { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<RefundLine> Lines { get; init; }

    /// <summary>Money back.</summary>
    public required long TotalMinor { get; init; }

    /// <summary>The tax in it.</summary>
    public required long TaxMinor { get; init; }

    /// <summary>What paying back in coins added or took; part of no line and no tax. Absent in the oldest refunds, where it was 0.</summary>
    public long CashRoundingMinor { get; init; }

    /// <summary>How the money went back: sums to the total and the cash rounding.</summary>
    public required IReadOnlyList<Payment> Payments { get; init; }

    /// <summary>When, by the till's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The shop's local day it counts for.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Where it was imported from, or null.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>Its version.</summary>
    public required long SyncVersion { get; init; }

    /// <summary>When the server last changed it.</summary>
    public required DateTimeOffset LastSyncedAt { get; init; }
}

/// <summary>A line of a recorded refund.</summary>
/// <param name="LineNo">1, 2, 3 …</param>
/// <param name="SaleLineNo">The sale's line, where there is a sale.</param>
/// <param name="ProductId">What came back.</param>
/// <param name="Sku">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="QuantityMilli">How much.</param>
/// <param name="TaxMinor">Tax given back.</param>
/// <param name="TotalMinor">Money given back.</param>
public sealed record RefundLine(
    int LineNo, int? SaleLineNo, Guid ProductId, string Sku, string Name, long QuantityMilli, long TaxMinor, long TotalMinor);
