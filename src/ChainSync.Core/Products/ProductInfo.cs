namespace ChainSync.Core.Products;

/// <summary>A product as a store answers it, with its stock.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sku">The shop's own code.</param>
/// <param name="Name">What it is called.</param>
/// <param name="PriceMinor">Shelf price of one unit in minor units.</param>
/// <param name="TaxClassId">Its taxation.</param>
/// <param name="Barcodes">Every code a scanner may read for it.</param>
/// <param name="Active">False once archived.</param>
/// <param name="OnHandMilli">Thousandths in the store, those reserved included; below zero after an oversale.</param>
/// <param name="SyncVersion">Its version, for <c>If-Match</c>; stock does not raise it.</param>
/// <param name="LastSyncedAt">When it was last changed, UTC.</param>
/// <param name="CategoryId">Where it is found, or null.</param>
/// <param name="LowStockAtMilli">At or below this many thousandths it counts as low; not shown to customers.</param>
/// <param name="ReservedMilli">Thousandths promised to orders; not shown to customers.</param>
public sealed record ProductInfo(
    Guid Id,
    string Sku,
    string Name,
    long PriceMinor,
    Guid TaxClassId,
    IReadOnlyList<string> Barcodes,
    bool Active,
    long OnHandMilli,
    long SyncVersion,
    DateTimeOffset LastSyncedAt,
    Guid? CategoryId = null,
    long? LowStockAtMilli = null,
    long? ReservedMilli = null)
{
    /// <summary>A product and its stock.</summary>
    public static ProductInfo Of(Product product, long onHandMilli, long reservedMilli)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new(
            product.Id, product.Sku, product.Name, product.PriceMinor, product.TaxClassId, product.Barcodes, product.Active, onHandMilli,
            product.SyncVersion, product.LastSyncedAt, product.CategoryId, product.LowStockAtMilli, reservedMilli);
    }
}
