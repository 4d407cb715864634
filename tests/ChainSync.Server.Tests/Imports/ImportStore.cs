using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Imports;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Sync;
using ChainSync.TestKit;

namespace ChainSync.Server.Tests.Imports;

/// <summary>A chain with one more store, which sells in pounds and is empty.</summary>
internal sealed class ImportStore : IAsyncDisposable
{
    public static readonly Guid Id = Ids.Named(Guid.Empty, "import-store");

    private ImportStore(TestChain chain) => Chain = chain;

    public TestChain Chain { get; }

    public static Store TheStore() => new()
    {
        Id = Id, Code = "OR1", Name = "Online Retail", Currency = "GBP", CurrencyDigits = 2, Locale = "en-GB", TimeZone = "Europe/London",
        PricesIncludeTax = true, CashRoundingMinor = 1,
    };

    public static async Task<ImportStore> CreateAsync()
    {
        var chain = await TestChain.CreateAsync();
        var store = TheStore();
        if (!(await new CreateStore(chain.Writer).HandleAsync(store, [], Caller.System, CancellationToken.None)).IsAccepted)
            throw new InvalidOperationException("The store was not made.");
        return new ImportStore(chain);
    }

    public Task<ImportProgress> ImportAsync(
        byte[] file, Action<ImportProgress>? report = null, bool dryRun = false, Func<Task>? during = null, Caller? caller = null,
        CancellationToken cancellationToken = default) => ImportAsync(new MemoryStream(file), report, dryRun, during, caller, cancellationToken);

    /// <summary>Imports; <c>report</c> is told of every state, and <c>during</c> runs with each before the import goes on.</summary>
    public async Task<ImportProgress> ImportAsync(
        Stream file, Action<ImportProgress>? report = null, bool dryRun = false, Func<Task>? during = null, Caller? caller = null,
        CancellationToken cancellationToken = default)
    {
        await using (file)
        {
            return await new OnlineRetailImport(Chain.Source, Chain.Writer, TimeProvider.System)
                .RunAsync(file, TheStore(), dryRun, caller ?? Caller.System, ReportAsync, cancellationToken);
        }

        async Task ReportAsync(ImportProgress progress)
        {
            report?.Invoke(progress);
            if (during is not null) await during();
        }
    }

    public Task<T> ScalarAsync<T>(string sql) => Chain.ScalarAsync<T>(sql, Id);

    public Task<long?> FirstBrokenAsync() => new LogVerifier(Chain.Source).FirstBrokenAsync(Id, CancellationToken.None);

    /// <summary>Everything that an import writes except clocks and log, as one digest per table.</summary>
    public async Task<string> DigestAsync()
    {
        (string Table, string Columns)[] tables =
        [
            ("products", "id, sku, name, price_minor, tax_class_id, active, sync_version"),
            ("customers", "id, name, external_id, total_spent_minor, total_orders, last_order_at, sync_version"),
            ("sales", "id, receipt_number, customer_id, payment_status, total_minor, refunded_minor, created_at, business_date, sync_version"),
            ("sale_lines", "sale_id, line_no, product_id, name, quantity_milli, unit_price_minor, discount_minor, total_minor"),
            ("refunds", "id, sale_id, customer_id, total_minor, restock, created_at, business_date, sync_version"),
            ("refund_lines", "refund_id, line_no, sale_id, sale_line_no, product_id, quantity_milli, total_minor"),
            ("payments", "document_id, payment_no, refund, method, amount_minor, at"),
            ("stock", "product_id, on_hand_milli, reserved_milli"),
        ];
        var digests = new List<string>();
        foreach (var (table, columns) in tables)
            digests.Add(table + " " + await ScalarAsync<string>($"select md5(coalesce(string_agg(r::text, ',' order by r::text), '')) from (select {columns} from {table} where store_id = $1) r"));
        return string.Join('\n', digests);
    }

    public ValueTask DisposeAsync() => Chain.DisposeAsync();
}
