using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChainSync.LoadGen;

/// <summary>A durable database with 20 stores of 200 products, and a server process on it.</summary>
internal sealed class BenchChain : IAsyncDisposable
{
    public const int ProductsPerStore = 200;
    public const long PriceMinor = 250;
    public const int TaxRatePpm = 190_000;

    private const int StoreCount = 20;

    private static readonly DatabaseTemplate Template = new(PrepareAsync, durable: true);

    private readonly TestDatabase _database;

    private BenchChain(TestDatabase database, ServerProcess server, Uri address)
    {
        (_database, Server, Address) = (database, server, address);
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 };
        Source = NpgsqlDataSource.Create(settings.ConnectionString);
    }

    public static IReadOnlyList<Guid> Stores { get; } = [.. Enumerable.Range(0, StoreCount).Select(n => Ids.Named(Guid.Empty, $"bench-store-{n}"))];

    public ServerProcess Server { get; }

    public Uri Address { get; }

    public NpgsqlDataSource Source { get; }

    public string Token { get; private set; } = "";

    public static Guid ProductId(Guid storeId, int index)
    {
        var bytes = storeId.ToByteArray(bigEndian: true);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(index));
        return new Guid(bytes, bigEndian: true);
    }

    public static async Task<BenchChain> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync(Template);
        var server = ServerProcess.Start(Path.GetTempPath(), [("ConnectionStrings:ChainSync", database.ConnectionString), ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information")]);
        var chain = new BenchChain(database, server, await server.Address);
        chain.Token = await BenchToken.IssueAsync(chain.Source);
        return chain;
    }

    /// <summary>Resident memory of the server process, MiB.</summary>
    public double ServerMebibytes()
    {
        using var process = System.Diagnostics.Process.GetProcessById(Server.Id);
        return process.WorkingSet64 / 1048576.0;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task PrepareAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await Migrator.MigrateAsync(source, cancellationToken);
        var options = new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(source).Options;
        var writer = new StoreWriter(source, options, new LogSignal(), TimeProvider.System, NullLogger<StoreWriter>.Instance);
        foreach (var (id, index) in Stores.Select((id, index) => (id, index)))
        {
            var store = new Store
            {
                Id = id, Code = $"B{index + 1}", Name = $"Bench {index + 1}", Currency = "EUR", CurrencyDigits = 2, Locale = "de-DE",
                TimeZone = "Europe/Berlin", PricesIncludeTax = true, CashRoundingMinor = 1,
            };
            await new CreateStore(writer).HandleAsync(store, [("standard", "VAT", TaxRatePpm)], Caller.System, cancellationToken);
            await AddProductsAsync(source, id, 0, ProductsPerStore, cancellationToken);
        }
    }

    /// <summary>Adds products straight to the tables: how they came there is not measured.</summary>
    public static async Task AddProductsAsync(NpgsqlDataSource source, Guid storeId, int first, int count, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            insert into products (store_id, id, sku, name, price_minor, tax_class_id, barcodes, active, sync_version, last_synced_at)
            select $1, p.id, 'SKU' || p.n, p.name, $2, $3, array[lpad(p.n::text, 12, '0')], true, 1, now()
            from unnest($4::uuid[], $5::int[], $6::text[]) as p(id, n, name)
            """);
        var numbers = Enumerable.Range(first, count).ToArray();
        string[] kinds = ["Oat milk", "Rye bread", "Coffee beans", "Green tea", "Olive oil", "Sea salt", "Dark chocolate", "Apple juice"];
        foreach (object value in new object[]
                 {
                     storeId, PriceMinor, CreateStore.TaxClassId(storeId, "standard"), numbers.Select(n => ProductId(storeId, n)).ToArray(), numbers,
                     numbers.Select(n => $"{kinds[n % kinds.Length]} no {n}").ToArray(),
                 })
            command.Parameters.Add(new() { Value = value });
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var stock = source.CreateCommand(
            "insert into stock (store_id, product_id, on_hand_milli, version) select store_id, id, 1000000000, 1 from products where store_id = $1 on conflict do nothing");
        stock.Parameters.Add(new() { Value = storeId });
        stock.CommandTimeout = 300;
        await stock.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A hash for operations that are not sent over HTTP.</summary>
    public static byte[] HashOf(Guid id) => SHA256.HashData(id.ToByteArray());
}
