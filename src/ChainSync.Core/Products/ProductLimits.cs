namespace ChainSync.Core.Products;

/// <summary>The bounds of a product's fields. Prices have pricing's (<see cref="Pricing.PricingBounds"/>).</summary>
public static class ProductLimits
{
    /// <summary>Longest SKU, in characters.</summary>
    public const int SkuLength = 64;

    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Longest barcode, in characters.</summary>
    public const int BarcodeLength = 64;

    /// <summary>Most barcodes of one product.</summary>
    public const int Barcodes = 20;
}
