namespace ChainSync.Core.Imports;

/// <summary>The ids that things of an <c>online-retail</c> file have in a store: the same on every run, so that nothing is written twice.</summary>
/// <param name="StoreId">The store.</param>
public sealed record RetailIds(Guid StoreId)
{
    /// <summary>The format's name, which receipts and origins carry.</summary>
    public const string Source = "online-retail";

    /// <summary>Where a document came from: <c>online-retail:536365</c>.</summary>
    public static string OriginOf(string document) => $"{Source}:{document}";

    /// <summary>A product's, by its code in capitals.</summary>
    public Guid Product(string sku) => Named("product", sku);

    /// <summary>A customer's, by their number.</summary>
    public Guid Customer(string number) => Named("customer", number);

    /// <summary>The sale of an invoice.</summary>
    public Guid Sale(string invoice) => Named("invoice", invoice);

    /// <summary>What an invoice moves in stock without selling it.</summary>
    public Guid Correction(string invoice) => Named("correction", invoice);

    /// <summary>The refund of a credit note that takes back from one sale, or from none.</summary>
    public Guid Refund(string credit, Guid? saleId) => Named("credit", $"{credit}:{saleId?.ToString() ?? "none"}");

    /// <summary>The class of goods whose tax the file does not state.</summary>
    public Guid TaxClass() => Named("tax-class", "untaxed");

    /// <summary>The operation that writes these documents.</summary>
    public Guid Chunk(string contentHash) => Named("chunk", contentHash);

    private Guid Named(string kind, string name) => Ids.Named(StoreId, $"{Source}:{kind}:{name}");
}
