using ChainSync.Core.Pricing;

namespace ChainSync.Core.Products;

/// <summary>What a person may edit of a product: the fields that a merge patch names.</summary>
/// <param name="Sku">The shop's own code, unique in the store.</param>
/// <param name="Name">What the tile, the receipt and search know it by.</param>
/// <param name="PriceMinor">Shelf price of one unit in minor units.</param>
/// <param name="TaxClassId">Its taxation.</param>
/// <param name="CategoryId">Where it is found, or null.</param>
/// <param name="Barcodes">Every code a scanner may read for it, each unique in the store; null means none.</param>
/// <param name="LowStockAtMilli">At or below this many thousandths it counts as low.</param>
/// <param name="Active">False: no longer offered, still in history.</param>
public sealed record ProductFields(
    string Sku,
    string Name,
    long PriceMinor,
    Guid TaxClassId,
    Guid? CategoryId = null,
    IReadOnlyList<string>? Barcodes = null,
    long LowStockAtMilli = ProductFields.DefaultLowStockAtMilli,
    bool Active = true)
{
    /// <summary>When a product counts as low unless somebody says otherwise: ten units.</summary>
    public const long DefaultLowStockAtMilli = 10_000;

    /// <summary>The fields as a product has them.</summary>
    public static ProductFields Of(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new(
            product.Sku, product.Name, product.PriceMinor, product.TaxClassId, product.CategoryId, product.Barcodes, product.LowStockAtMilli, product.Active);
    }

    /// <summary>What is wrong with the fields, whatever the store knows, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.CheckText("sku", Sku, ProductLimits.SkuLength);
        errors.Require(Sku.Trim() == Sku, "sku", "Must not begin or end with a space.");
        errors.CheckText("name", Name, ProductLimits.NameLength);
        errors.CheckRange("priceMinor", PriceMinor, 0, PricingBounds.MaxUnitPriceMinor);
        errors.Require(TaxClassId != Guid.Empty, "taxClassId", "Must be a tax class's id.");
        errors.Require(CategoryId != Guid.Empty, "categoryId", "Must be a category's id or null.");
        errors.CheckRange("lowStockAtMilli", LowStockAtMilli, 0, PricingBounds.MaxQuantityMilli);
        CheckBarcodes(errors, Barcodes ?? []);
        return errors.ToRejection();
    }

    /// <summary>Gives the product these values.</summary>
    public void ApplyTo(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        product.Sku = Sku;
        product.Name = Name;
        product.PriceMinor = PriceMinor;
        product.TaxClassId = TaxClassId;
        product.CategoryId = CategoryId;
        product.Barcodes = [.. Barcodes ?? []];
        product.LowStockAtMilli = LowStockAtMilli;
        product.Active = Active;
    }

    // Too many codes are not looked at one by one: the answer must stay small whatever was sent.
    private static void CheckBarcodes(FieldErrors errors, IReadOnlyList<string> barcodes)
    {
        if (!errors.Require(barcodes.Count <= ProductLimits.Barcodes, "barcodes", $"Must be at most {ProductLimits.Barcodes} barcodes.")) return;
        for (var i = 0; i < barcodes.Count; i++)
        {
            var code = barcodes[i];
            errors.CheckText($"barcodes[{i}]", code, ProductLimits.BarcodeLength);
            errors.Require(code is not null && !code.Any(char.IsWhiteSpace), $"barcodes[{i}]", "Must not contain spaces.");
            errors.Require(!barcodes.Take(i).Contains(code, StringComparer.Ordinal), $"barcodes[{i}]", "Must not be there twice.");
        }
    }
}
