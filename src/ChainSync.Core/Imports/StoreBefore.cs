using ChainSync.Core.Stores;

namespace ChainSync.Core.Imports;

/// <summary>What a store has before an import, as far as the import needs to know.</summary>
public sealed record StoreBefore
{
    /// <summary>The store.</summary>
    public required Store Store { get; init; }

    /// <summary>A tax class of rate 0, or null when the store has none.</summary>
    public Guid? UntaxedClassId { get; init; }

    /// <summary>Products by code in capitals.</summary>
    public IReadOnlyDictionary<string, Guid> Products { get; init; } = new Dictionary<string, Guid>();

    /// <summary>What is on hand, thousandths of a unit; products that never moved are absent.</summary>
    public IReadOnlyDictionary<Guid, long> OnHand { get; init; } = new Dictionary<Guid, long>();

    /// <summary>Customers by their number in the file.</summary>
    public IReadOnlyDictionary<string, Guid> Customers { get; init; } = new Dictionary<string, Guid>();

    /// <summary>Amounts of the documents there already, by number: Σ of a sale, or minus Σ of a credit note's refunds.</summary>
    public IReadOnlyDictionary<string, long> Documents { get; init; } = new Dictionary<string, long>();

    /// <summary>Stock corrections there already, by <see cref="RetailIds.Correction"/>.</summary>
    public IReadOnlySet<Guid> Corrections { get; init; } = new HashSet<Guid>();

    /// <summary>Imported sales there already.</summary>
    public IReadOnlyDictionary<Guid, SaleState> Sales { get; init; } = new Dictionary<Guid, SaleState>();

    /// <summary>Lines of those sales that a credit note may still take back, the earliest first.</summary>
    public IReadOnlyList<(Guid Customer, Guid Product, OpenLine Line)> OpenLines { get; init; } = [];

    /// <summary>Whether a document was imported before.</summary>
    public bool Has(RetailDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Documents.ContainsKey(document.Number) || Corrections.Contains(new RetailIds(Store.Id).Correction(document.Number));
    }
}

/// <summary>How far a sale has been refunded.</summary>
/// <param name="TotalMinor">What it cost.</param>
/// <param name="RefundedMinor">What was given back.</param>
/// <param name="PaymentStatus"><c>paid</c>, <c>partly-refunded</c> or <c>refunded</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record SaleState(long TotalMinor, long RefundedMinor, string PaymentStatus, long Version)
{
    /// <summary>The state after giving back so much more.</summary>
    public SaleState Refund(long minor) => this with
    {
        RefundedMinor = RefundedMinor + minor,
        PaymentStatus = RefundedMinor + minor >= TotalMinor ? "refunded" : "partly-refunded",
        Version = Version + 1,
    };
}
