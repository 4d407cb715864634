namespace ChainSync.Core.Products;

/// <summary>Adds a product to a store. The parameters are those of <see cref="ProductFields"/>, and the id.</summary>
/// <param name="Id">Made by the device that creates it.</param>
/// <param name="Sku">The shop's own code, unique in the store.</param>
/// <param name="Name">What the tile, the receipt and search know it by.</param>
/// <param name="PriceMinor">Shelf price of one unit in minor units.</param>
/// <param name="TaxClassId">Its taxation.</param>
/// <param name="CategoryId">Where it is found, or null.</param>
/// <param name="Barcodes">Every code a scanner may read for it, each unique in the store; null means none.</param>
/// <param name="LowStockAtMilli">At or below this many thousandths it counts as low.</param>
/// <param name="Active">False: not offered yet.</param>
public sealed record CreateProduct(
    Guid Id,
    string Sku,
    string Name,
    long PriceMinor,
    Guid TaxClassId,
    Guid? CategoryId = null,
    IReadOnlyList<string>? Barcodes = null,
    long LowStockAtMilli = ProductFields.DefaultLowStockAtMilli,
    bool Active = true)
{
    /// <summary>The new product of a store, or what is wrong with the request.</summary>
    /// <param name="storeId">The store.</param>
    public Outcome<Product> ToProduct(Guid storeId)
    {
        if (Id == Guid.Empty) return Rejection.OfField(Rejection.InvalidCode, "The product has no id.", "id", "Must be a UUID made for this product.");
        var fields = new ProductFields(Sku, Name, PriceMinor, TaxClassId, CategoryId, Barcodes, LowStockAtMilli, Active);
        if (fields.Check() is { } invalid) return invalid;
        var product = new Product { StoreId = storeId, Id = Id, Sku = Sku, Name = Name, PriceMinor = PriceMinor, TaxClassId = TaxClassId };
        fields.ApplyTo(product);
        return product;
    }
}
