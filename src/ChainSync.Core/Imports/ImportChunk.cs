using ChainSync.Core.Customers;
using ChainSync.Core.Products;
using ChainSync.Core.Sales;
using ChainSync.Core.Stores;

namespace ChainSync.Core.Imports;

/// <summary>A run of documents that are written together or not at all.</summary>
/// <param name="ordinal">1 for the first chunk of an import, 2 …</param>
public sealed class ImportChunk(int ordinal)
{
    /// <summary>1 for the first chunk of an import, 2 …</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The documents' numbers, in order: what the chunk is named by.</summary>
    public List<string> Documents { get; } = [];

    /// <summary>Lines of the file that it covers.</summary>
    public int Lines { get; internal set; }

    /// <summary>The class of rate 0, when this chunk has to make it.</summary>
    public TaxClass? TaxClass { get; internal set; }

    /// <summary>Products that are new with it.</summary>
    public List<Product> Products { get; } = [];

    /// <summary>Customers that are new with it.</summary>
    public List<Customer> Customers { get; } = [];

    /// <summary>Sales and refunds, in the order they happened.</summary>
    public List<ImportedFact> Facts { get; } = [];

    /// <summary>The sales among <see cref="Facts"/>.</summary>
    public IEnumerable<Sale> Sales => Facts.Where(f => f.Sale is not null).Select(f => f.Sale!);

    /// <summary>The refunds among <see cref="Facts"/>.</summary>
    public IEnumerable<Refund> Refunds => Facts.Where(f => f.Refund is not null).Select(f => f.Refund!);

    /// <summary>Sales that its refunds change: as they are before the chunk (version 1 for its own) and after.</summary>
    public Dictionary<Guid, (SaleState Before, SaleState After)> RefundedSales { get; } = [];

    /// <summary>Opening stock by product, thousandths of a unit; not negative.</summary>
    public Dictionary<Guid, long> Opening { get; } = [];

    /// <summary>What its refunds bring back, by product.</summary>
    public Dictionary<Guid, long> Returned { get; } = [];

    /// <summary>What its sales take out, by product; negative.</summary>
    public Dictionary<Guid, long> Taken { get; } = [];

    /// <summary>Write-offs and finds, each with the invoice that says so.</summary>
    public List<StockCorrection> Corrections { get; } = [];

    /// <summary>What its documents add to customers' balances.</summary>
    public Dictionary<Guid, CustomerBalance> Balances { get; } = [];
}

/// <summary>A sale, or a refund with what it does to its sale.</summary>
/// <param name="Sale">The sale.</param>
/// <param name="Refund">Or the refund.</param>
/// <param name="Before">The refunded sale before; null when there is none.</param>
/// <param name="After">The refunded sale after.</param>
public sealed record ImportedFact(Sale? Sale, Refund? Refund = null, SaleState? Before = null, SaleState? After = null);

/// <summary>Stock that moves without a sale.</summary>
/// <param name="Id">Names the invoice: see <see cref="RetailIds.Correction"/>.</param>
/// <param name="Deltas">Thousandths of a unit by product: above zero found, below zero written off.</param>
public sealed record StockCorrection(Guid Id, IReadOnlyList<(Guid Product, long DeltaMilli)> Deltas);

/// <summary>What is added to a customer's balance.</summary>
/// <param name="SpentMinor">Sales less refunds.</param>
/// <param name="Orders">Sales.</param>
/// <param name="LastOrderAt">The last of them; null when there is none.</param>
public sealed record CustomerBalance(long SpentMinor, long Orders, DateTimeOffset? LastOrderAt);
