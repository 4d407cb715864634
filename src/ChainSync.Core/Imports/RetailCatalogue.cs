namespace ChainSync.Core.Imports;

/// <summary>What the lines of a file tell of a product.</summary>
/// <param name="Sku">Its code.</param>
/// <param name="Name">Its most frequent description on priced lines, else on any; the earliest of equals; <c>Product 12345</c> when there is none.</param>
/// <param name="PriceMinor">The last price it was sold at; 0 when it never was.</param>
/// <param name="IsService">True when no stock is kept of it.</param>
public sealed record RetailProduct(string Sku, string Name, long PriceMinor, bool IsService);

/// <summary>Products and customers as a file knows them.</summary>
public sealed class RetailCatalogue
{
    /// <summary>The country that needs no mention.</summary>
    public const string HomeCountry = "United Kingdom";

    private readonly Dictionary<string, RetailProduct> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _countries = new(StringComparer.Ordinal);

    internal RetailCatalogue(IEnumerable<RetailDocument> documents)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (document.Customer.Length > 0) _countries[document.Customer] = document.Country;
            foreach (var line in document.Lines)
            {
                if (!tallies.TryGetValue(line.Sku, out var tally)) tallies[line.Sku] = tally = new Tally();
                tally.Add(line);
            }
        }
        foreach (var (sku, tally) in tallies)
            _products[sku] = new(sku, tally.Name ?? $"Product {sku}", tally.LastPriceMinor, RetailCode.KindOf(sku) != RetailCodeKind.Goods);
    }

    /// <summary>A product that stands in the file.</summary>
    /// <exception cref="KeyNotFoundException">It does not.</exception>
    public RetailProduct Product(string sku) => _products[sku];

    /// <summary>What to call a customer of the file: <c>Customer 12583 (France)</c>, with the country they last bought from.</summary>
    public string CustomerName(string customer) =>
        _countries[customer] is var country && country == HomeCountry ? $"Customer {customer}" : $"Customer {customer} ({country})";

    private sealed class Tally
    {
        private readonly Dictionary<string, int> _priced = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _unpriced = new(StringComparer.Ordinal);

        public long LastPriceMinor { get; private set; }

        public string? Name => MostFrequent(_priced) ?? MostFrequent(_unpriced);

        public void Add(in RetailLine line)
        {
            if (line is { PriceMicros: > 0, Quantity: > 0 }) LastPriceMinor = line.PriceMinor;
            if (line.Description.Length == 0) return;
            // Notes such as "damaged" stand in the place of the description only where there is no price.
            var names = line.PriceMicros > 0 ? _priced : _unpriced;
            names[line.Description] = names.GetValueOrDefault(line.Description) + 1;
        }

        // A dictionary that nothing is removed from keeps the order of arrival, and MaxBy takes the first of equals.
        private static string? MostFrequent(Dictionary<string, int> names) => names.Count == 0 ? null : names.MaxBy(name => name.Value).Key;
    }
}
