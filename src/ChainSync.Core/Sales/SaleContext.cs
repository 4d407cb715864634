using ChainSync.Core.Stores;

namespace ChainSync.Core.Sales;

/// <summary>What the server knows that a sale is judged against, read in one moment.</summary>
/// <param name="Store">The store that sells.</param>
/// <param name="Products">The products of the sale's lines that exist in the store, by id.</param>
/// <param name="RegisterSeries">The receipt series of the sale's register; null when it names none or the store has none of that id.</param>
/// <param name="CustomerIsKnown">Whether the store has the sale's customer; true when it names none.</param>
public sealed record SaleContext(
    Store Store, IReadOnlyDictionary<Guid, CatalogueEntry> Products, string? RegisterSeries, bool CustomerIsKnown)
{
    /// <summary>The store's currency.</summary>
    public Currency Currency => Core.Currency.Parse(Store.Currency).Value;
}

/// <summary>A product as the catalogue has it now.</summary>
/// <param name="Sku">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="PriceMinor">Its shelf price.</param>
/// <param name="TaxRatePpm">Its rate.</param>
/// <param name="AvailableMilli">On hand less reserved.</param>
public sealed record CatalogueEntry(string Sku, string Name, long PriceMinor, int TaxRatePpm, long AvailableMilli);
