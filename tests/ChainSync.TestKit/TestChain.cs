using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Products;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChainSync.TestKit;

/// <summary>A small chain in a database of its own: three stores with a few products each, written through the real writer.</summary>
public sealed class TestChain : IAsyncDisposable
{
    /// <summary>Stores of every chain, the same ids in each copy.</summary>
    public static readonly IReadOnlyList<Guid> StoreIds = [.. Enumerable.Range(1, 3).Select(n => Ids.Named(Guid.Empty, $"test-store-{n}"))];

    /// <summary>Products in every store.</summary>
    public const int ProductsPerStore = 5;

    private static readonly DatabaseTemplate Fast = new(PrepareAsync);
    private static readonly DatabaseTemplate Safe = new(PrepareAsync, durable: true);

    private TestChain(TestDatabase database)
    {
        Database = database;
        (Writer, Signal) = MakeWriter(database.Source, Clock);
    }

    public TestClock Clock { get; } = new();

    public TestDatabase Database { get; }

    public NpgsqlDataSource Source => Database.Source;

    public StoreWriter Writer { get; }

    public LogSignal Signal { get; }

    public static async Task<TestChain> CreateAsync(bool durable = false) => new(await TestDatabase.CreateAsync(durable ? Safe : Fast));

    /// <summary>The id of a product of a store, from 0.</summary>
    public static Guid ProductId(Guid storeId, int index) => Ids.Named(storeId, $"product-{index}");

    /// <summary>Shelf price of a product: 1.00, 2.00 …</summary>
    public static long PriceOf(int index) => 100 * (index + 1);

    /// <summary>A new operation of this type.</summary>
    public Operation Operation(string type, Guid storeId, string body = "") => new(Ids.New(Clock), type, storeId, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)));

    /// <summary>The single value a statement gives.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params IEnumerable<object> parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static (StoreWriter Writer, LogSignal Signal) MakeWriter(NpgsqlDataSource source, TimeProvider clock)
    {
        var signal = new LogSignal();
        var options = new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(source).Options;
        return (new StoreWriter(source, options, signal, clock, NullLogger<StoreWriter>.Instance), signal);
    }

    private static async Task PrepareAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await Migrator.MigrateAsync(source, cancellationToken);
        var (writer, _) = MakeWriter(source, new TestClock());
        foreach (var (id, index) in StoreIds.Select((id, index) => (id, index)))
        {
            var store = new Store
            {
                Id = id, Code = $"S{index + 1}", Name = $"Store {index + 1}", Currency = "EUR", CurrencyDigits = 2, Locale = "de-DE",
                TimeZone = "Europe/Berlin", PricesIncludeTax = true, CashRoundingMinor = 1,
            };
            Must(await new CreateStore(writer).HandleAsync(store, [("standard", "VAT 19 %", 190_000)], Caller.System, cancellationToken));
            Must(await AddProductsAsync(writer, id, cancellationToken));
        }
    }

    private static Task<Outcome<Committed>> AddProductsAsync(StoreWriter writer, Guid storeId, CancellationToken cancellationToken)
    {
        var operation = new Operation(Ids.Named(storeId, "products"), "product.create", storeId, new byte[32]);
        return writer.CommitAsync(operation, Caller.System, ChainSyncJson.Default.Product, 201, db =>
        {
            var products = Enumerable.Range(0, ProductsPerStore).Select(i => new Product
            {
                StoreId = storeId, Id = ProductId(storeId, i), Sku = $"P{i}", Name = $"Product {i}", PriceMinor = PriceOf(i),
                TaxClassId = CreateStore.TaxClassId(storeId, "standard"), Barcodes = [$"400000000000{i}"],
            }).ToList();
            db.Products.AddRange(products);
            return Task.FromResult<Outcome<Product>>(products[0]);
        }, cancellationToken);
    }

    private static void Must(Outcome<Committed> outcome)
    {
        if (!outcome.IsAccepted) throw new InvalidOperationException(outcome.Rejection.Detail);
    }
}
