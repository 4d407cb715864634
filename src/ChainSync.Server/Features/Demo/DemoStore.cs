using ChainSync.Core;
using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Products;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Stores;

namespace ChainSync.Server.Features.Demo;

/// <summary>A shop of the demo chain: its data, the same on every run.</summary>
/// <param name="Store">The store.</param>
/// <param name="StandardPpm">Its standard rate of tax.</param>
/// <param name="FoodPpm">Its rate for food.</param>
/// <param name="PricePercent">Its price level in percent of the catalogue's.</param>
/// <param name="SalesPerDay">About how many customers an ordinary day has.</param>
/// <param name="Seed">What its invented history is drawn from.</param>
internal sealed record DemoStore(Store Store, int StandardPpm, int FoodPpm, int PricePercent, int SalesPerDay, int Seed)
{
    private const int CustomersPerStore = 40;
    private const int EmployeesPerStore = 6;

    private static readonly string[] FirstNames =
    [
        "Amira", "Ben", "Chiara", "Daniel", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Klara", "Liam", "Mira", "Noah", "Olga", "Paul",
        "Quinn", "Rosa", "Samir", "Tessa", "Umut", "Vera", "Wim", "Xenia", "Yara", "Zoe",
    ];

    private static readonly string[] LastNames = ["Abel", "Berg", "Costa", "Dijk", "Evans", "Fuchs", "Garcia", "Hill", "Ito", "Jansen", "Klein", "Lind", "Moreau"];

    /// <summary>The three shops: prices with tax, with tax and cash rounded to five cents, and without tax in another currency.</summary>
    public static readonly IReadOnlyList<DemoStore> All =
    [
        new(Shop("S1", "Market Hall Berlin", "EUR", "de-DE", "Europe/Berlin", true, 1), 190_000, 70_000, 100, 36, 101),
        new(Shop("S2", "Canal Street Amsterdam", "EUR", "nl-NL", "Europe/Amsterdam", true, 5), 210_000, 90_000, 104, 30, 202),
        new(Shop("S3", "Harbor Row New York", "USD", "en-US", "America/New_York", false, 1), 88_750, 0, 118, 28, 303),
    ];

    public Guid Id => Store.Id;

    /// <summary>The two tax classes.</summary>
    public IReadOnlyList<(string Code, string Name, int RatePpm)> TaxClasses =>
        [("standard", $"Standard {StandardPpm / 10_000m:0.###} %", StandardPpm), ("food", $"Food {FoodPpm / 10_000m:0.###} %", FoodPpm)];

    /// <summary>The first is the manager, the second has the demo's staff account where the store is the first.</summary>
    public IReadOnlyList<(Guid Id, string Name, Role Role)> Employees =>
        [.. Enumerable.Range(0, EmployeesPerStore).Select(i => (Named($"employee-{i}"), PersonName(i), i == 0 ? Role.Manager : Role.Staff))];

    public IEnumerable<Category> Categories() => DemoCatalogue.Departments.Select((d, i) => new Category
    {
        StoreId = Id, Id = CategoryId(d), Name = d.Name, Position = i + 1,
    });

    public IEnumerable<Product> Products()
    {
        var number = 0;
        foreach (var department in DemoCatalogue.Departments)
        {
            foreach (var ((name, price), i) in department.Goods.Select((g, i) => (g, i)))
            {
                yield return new Product
                {
                    StoreId = Id, Id = Named($"product-{++number}"), Sku = $"{department.Code}-{i + 1:D3}", Name = name,
                    PriceMinor = price * PricePercent / 100, CategoryId = CategoryId(department),
                    TaxClassId = CreateStore.TaxClassId(Id, department.Tax == DemoTax.Food ? "food" : "standard"),
                    Barcodes = [DemoCatalogue.Barcode(number)],
                };
            }
        }
    }

    public IEnumerable<Customer> Customers() => Enumerable.Range(0, CustomersPerStore).Select(i => new Customer
    {
        StoreId = Id, Id = CustomerId(i), Name = PersonName(i + EmployeesPerStore),
        Email = i == 0 && Store.Code == "S1" ? DemoAccounts.CustomerEmail : $"customer{i + 1}.{Store.Code.ToLowerInvariant()}@demo.example",
        Phone = i % 3 == 0 ? null : $"+49 30 555 {Seed % 10}{i:D3}",
    });

    public Guid CustomerId(int index) => Named($"customer-{index}");

    /// <summary>The id that something of this name has in this store on every run.</summary>
    public Guid Named(string name) => Ids.Named(Id, "demo:" + name);

    private Guid CategoryId(DemoDepartment department) => Named("category-" + department.Code);

    private string PersonName(int index)
    {
        var n = index + (Seed % 100 * 5);
        return $"{FirstNames[n % FirstNames.Length]} {LastNames[n * 7 % LastNames.Length]}";
    }

    private static Store Shop(string code, string name, string currency, string locale, string zone, bool pricesIncludeTax, long cashRoundingMinor) => new()
    {
        Id = Ids.Named(ChainSync.Core.Stores.Store.Chain, "demo:store:" + code), Code = code, Name = name, Currency = currency, CurrencyDigits = 2, Locale = locale,
        TimeZone = zone, PricesIncludeTax = pricesIncludeTax, CashRoundingMinor = cashRoundingMinor,
    };
}
