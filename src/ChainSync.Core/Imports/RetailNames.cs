namespace ChainSync.Core.Imports;

/// <summary>The ids of a file's products and customers in a store: those the store has, else those they will get.</summary>
internal sealed class RetailNames(StoreBefore before)
{
    private readonly RetailIds _ids = new(before.Store.Id);
    private readonly Dictionary<string, Guid> _products = new(before.Products, StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> _customers = new(before.Customers, StringComparer.Ordinal);

    public Guid Product(string sku) => Remember(_products, sku, _ids.Product);

    public Guid Customer(string number) => Remember(_customers, number, _ids.Customer);

    private static Guid Remember(Dictionary<string, Guid> known, string name, Func<string, Guid> make)
    {
        if (!known.TryGetValue(name, out var id)) known[name] = id = make(name);
        return id;
    }
}
