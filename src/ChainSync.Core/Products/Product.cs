using ChainSync.Core.Log;

namespace ChainSync.Core.Products;

/// <summary>Something the store sells. Its stock is a row of its own, moved by deltas.</summary>
public sealed class Product : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>The shop's own code, unique in the store.</summary>
    public required string Sku { get; set; }

    /// <summary>What the tile, the receipt and search know it by.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is found, or null.</summary>
    public Guid? CategoryId { get; set; }

    /// <summary>Shelf price of one unit in minor units, with or without tax as the store says.</summary>
    public required long PriceMinor { get; set; }

    /// <summary>Its taxation.</summary>
    public required Guid TaxClassId { get; set; }

    /// <summary>Every code a scanner may read for it; each is unique in the store.</summary>
    public List<string> Barcodes { get; set; } = [];

    /// <summary>At or below this many thousandths it counts as low.</summary>
    public long LowStockAtMilli { get; set; } = 10_000;

    /// <summary>False once archived: no longer offered, still in history.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
