using System.Text;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Imports;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Imports;
using ChainSync.TestKit;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class ImportTests : IAsyncLifetime
{
    private const int Invoices = 2_200; // five chunks

    private ImportStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await ImportStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_sale_keeps_what_the_file_says_of_it()
    {
        await _store.ImportAsync(RetailFile.Of(
            "536365,85123a,WHITE HANGING HEART,6,2011-07-01 00:26,2.55,17850,United Kingdom",
            "536365,71053,,2,2011-07-01 00:26,0.0,17850,United Kingdom",
            "536365,PADS,PADS,10,2011-07-01 00:26,0.125,17850,United Kingdom",
            "536365,POST,POSTAGE,1,2011-07-01 00:26,18.0,17850,United Kingdom"));

        Assert.Equal(
            "online-retail 536365 other paid GBP 3455 online-retail:536365 2011-06-30 23:26:00 2011-07-01 1",
            await _store.ScalarAsync<string>("""
                select concat_ws(' ', receipt_series, receipt_number, payment_method, payment_status, currency, total_minor, imported_from,
                  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), business_date, sync_version) from sales where store_id = $1
                """));
        Assert.Equal(
            "1 85123A 6000 255 1530 0 1530, 2 71053 2000 0 0 0 0, 3 PADS 10000 13 130 5 125, 4 POST 1000 1800 1800 0 1800",
            await _store.ScalarAsync<string>("""
                select string_agg(concat_ws(' ', line_no, sku, quantity_milli, unit_price_minor, gross_minor, discount_minor, total_minor), ', ' order by line_no)
                from sale_lines where store_id = $1
                """));
        Assert.Equal("Product 71053", await _store.ScalarAsync<string>("select name from sale_lines where store_id = $1 and line_no = 2"));
        Assert.Equal("POST", await _store.ScalarAsync<string>("select string_agg(sku, ' ') from products where store_id = $1 and not active"));
        Assert.Equal("71053 85123A PADS", await _store.ScalarAsync<string>(
            "select string_agg(sku, ' ' order by sku) from stock join products using (store_id) where store_id = $1 and id = product_id and on_hand_milli = 0"));
        Assert.Equal(3455L, await _store.ScalarAsync<long>("select total_spent_minor from customers where store_id = $1 and external_id = '17850'"));
    }

    [Fact]
    public async Task A_credit_note_over_two_sales_and_none_is_three_refunds()
    {
        await _store.ImportAsync(RetailFile.Of(
            "1,A1,THING,5,2010-12-01 08:00,2.00,17850,United Kingdom",
            "2,B1,OTHER,5,2010-12-01 09:00,3.00,17850,United Kingdom",
            "C3,A1,THING,-5,2010-12-02 08:00,2.00,17850,United Kingdom",
            "C3,B1,OTHER,-2,2010-12-02 08:00,3.00,17850,United Kingdom",
            "C3,B1,OTHER,-1,2010-12-02 08:00,2.50,17850,United Kingdom"));

        Assert.Equal("1 1000 true, 2 600 true, none 250 true", await _store.ScalarAsync<string>("""
            select string_agg(concat_ws(' ', coalesce(s.receipt_number::text, 'none'), r.total_minor, r.restock::text), ', ' order by s.receipt_number nulls last)
            from refunds r left join sales s on s.store_id = r.store_id and s.id = r.sale_id where r.store_id = $1
            """));
        Assert.Equal("1 refunded 1000 2, 2 partly-refunded 600 2", await _store.ScalarAsync<string>("""
            select string_agg(concat_ws(' ', receipt_number, payment_status, refunded_minor, sync_version), ', ' order by receipt_number) from sales where store_id = $1
            """));
        Assert.Equal(650L, await _store.ScalarAsync<long>("select total_spent_minor from customers where store_id = $1"));
        Assert.Null(await _store.FirstBrokenAsync());
    }

    [Fact]
    public async Task Stock_opens_with_the_least_that_suffices_and_write_offs_and_finds_move_it()
    {
        await _store.ImportAsync(RetailFile.Of(
            "1,A1,found,3,2010-12-01 08:00,0.0,,United Kingdom",
            "2,A1,THING,5,2010-12-01 09:00,2.00,,United Kingdom",
            "3,A1,damaged,-4,2010-12-01 10:00,0.0,,United Kingdom",
            "C4,A1,THING,-1,2010-12-02 08:00,2.00,,United Kingdom"));

        Assert.Equal("opening 6000 6000, found 3000 9000, refund 1000 10000, sale -5000 5000, write-off -4000 1000", await _store.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', reason, delta_milli, on_hand_after_milli), ', ' order by version_after) from stock_moves where store_id = $1"));
    }

    [Fact]
    public async Task A_dry_run_counts_everything_and_writes_nothing()
    {
        var (file, head, digest) = (RetailFile.Of(MadeUpHistory.Lines(Invoices)), await HeadAsync(), await _store.DigestAsync());

        var dry = await _store.ImportAsync(file, dryRun: true);

        Assert.Equal((head, digest), (await HeadAsync(), await _store.DigestAsync()));
        var done = await _store.ImportAsync(file);
        Assert.Equal(done.Created, dry.Created);
        Assert.Equal(done.Rules, dry.Rules);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_import_stopped_between_chunks_is_completed_by_the_next_as_if_it_had_not_been(int chunks)
    {
        var file = RetailFile.Of(MadeUpHistory.Lines(Invoices));
        using var stopping = new CancellationTokenSource();
        var reports = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.ImportAsync(file, _ => { if (++reports > chunks) stopping.Cancel(); }, cancellationToken: stopping.Token));

        Assert.Equal(chunks, await ChunksAsync());
        var rest = await _store.ImportAsync(file);
        Assert.True(rest.Existing.Sales > 0);
        await AssertAsUninterruptedAsync(file);
    }

    [Fact]
    public async Task An_import_whose_connection_dies_inside_a_chunk_leaves_nothing_of_it_and_is_completed_by_the_next()
    {
        var file = RetailFile.Of(MadeUpHistory.Lines(Invoices));
        await using var holder = await _store.Chain.Source.OpenConnectionAsync();
        var holding = await holder.BeginTransactionAsync();
        var reports = 0;

        var importing = _store.ImportAsync(file, _ => { if (++reports == 3) Hold(holder, holding); });
        await TerminateWhoeverWaitsForAsync(holder);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => importing);
        await holding.RollbackAsync();

        Assert.Equal(2, await ChunksAsync());
        Assert.Null(await _store.FirstBrokenAsync());
        await _store.ImportAsync(file);
        await AssertAsUninterruptedAsync(file);
    }

    [Fact]
    public async Task Files_that_follow_or_overlap_each_other_add_up_to_the_whole()
    {
        var lines = MadeUpHistory.Lines(Invoices);

        await _store.ImportAsync(RetailFile.Of(lines.Take(lines.Count * 6 / 10)));
        await _store.ImportAsync(RetailFile.Of(CutAtInvoice(lines, lines.Count * 3 / 10, lines.Count * 9 / 10)));
        await _store.ImportAsync(RetailFile.Of(lines));

        // The invoice that the first cut went through is left as it was first seen, so the whole is compared without it.
        await using var other = await ImportStore.CreateAsync();
        var cut = lines[(lines.Count * 6 / 10) - 1].Split(',')[0];
        var kept = lines.Take(lines.Count * 6 / 10).Where(l => l.Split(',')[0] == cut);
        await other.ImportAsync(RetailFile.Of(lines.Where(l => l.Split(',')[0] != cut).Concat(kept)));
        Assert.Equal(await other.DigestAsync(), await _store.DigestAsync());
    }

    [Fact]
    public async Task An_invoice_that_is_there_with_another_total_is_left_and_reported()
    {
        const string line = "536365,A1,THING,{0},2010-12-01 08:00,2.00,17850,United Kingdom";
        await _store.ImportAsync(RetailFile.Of(string.Format(null, line, 5)));

        var again = await _store.ImportAsync(RetailFile.Of(string.Format(null, line, 6)));

        Assert.Equal(1, again.Rules.Single(r => r.Rule == RetailRules.Differs).Lines);
        Assert.Equal(1000L, await _store.ScalarAsync<long>("select total_minor from sales where store_id = $1"));
    }

    [Fact]
    public async Task Products_and_customers_that_the_store_has_are_used_and_left_as_they_are()
    {
        await _store.ImportAsync(RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,United Kingdom"));

        var second = await _store.ImportAsync(RetailFile.Of("2,a1,RENAMED THING,5,2010-12-05 08:00,9.00,17850,France"));

        Assert.Equal((0, 1, 0, 1), (second.Created.Products, second.Existing.Products, second.Created.Customers, second.Existing.Customers));
        Assert.Equal("A1 THING 200 1", await _store.ScalarAsync<string>("select concat_ws(' ', sku, name, price_minor, sync_version) from products where store_id = $1"));
        Assert.Equal(10_000L, await _store.ScalarAsync<long>("select sum(delta_milli)::bigint from stock_moves where store_id = $1 and reason = 'opening'"));
    }

    [Theory]
    [InlineData("not,a,retail,file\n1,2,3,4\n")]
    [InlineData("")]
    public async Task A_bad_file_is_refused_and_writes_nothing(string text)
    {
        var (head, digest) = (await HeadAsync(), await _store.DigestAsync());

        await Assert.ThrowsAsync<ImportException>(() => _store.ImportAsync(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((head, digest), (await HeadAsync(), await _store.DigestAsync()));
    }

    [Fact]
    public async Task A_file_that_is_cut_off_writes_nothing_of_its_good_part()
    {
        var packed = RetailFile.Gzip(RetailFile.Of(MadeUpHistory.Lines(Invoices)));

        await Assert.ThrowsAsync<ImportException>(() => _store.ImportAsync(packed[..(packed.Length * 9 / 10)]));

        Assert.Equal(0, await ChunksAsync());
    }

    [Fact]
    public async Task A_store_in_another_currency_is_refused()
    {
        var store = new Store
        {
            Id = TestChain.StoreIds[0], Code = "S1", Name = "Store 1", Currency = "EUR", CurrencyDigits = 2, Locale = "de-DE", TimeZone = "Europe/Berlin",
            PricesIncludeTax = true, CashRoundingMinor = 1,
        };
        var import = new OnlineRetailImport(_store.Chain.Source, _store.Chain.Writer, TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => import.RunAsync(
            new MemoryStream(RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,,UK")), store, false, Caller.System, _ => Task.CompletedTask, CancellationToken.None));

        Assert.Equal("The file is in GBP and the store Store 1 sells in EUR. Nothing was written.", refusal.Message);
    }

    [Fact]
    public async Task Two_imports_into_one_store_do_not_run_at_once()
    {
        var file = RetailFile.Of(MadeUpHistory.Lines(Invoices));
        ImportException? refused = null;

        await _store.ImportAsync(file, report: _ => { }, during: async () => refused ??= await Assert.ThrowsAsync<ImportException>(() => _store.ImportAsync(file)));

        Assert.StartsWith("Another import into this store is under way.", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_may_not_import_writes_nothing()
    {
        var staff = new Caller(Ids.New(_store.Chain.Clock), "Staff", Role.Staff, new HashSet<Guid> { ImportStore.Id });

        await Assert.ThrowsAsync<ImportException>(() => _store.ImportAsync(RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,,UK"), caller: staff));

        Assert.Equal(0, await ChunksAsync());
    }

    private async Task AssertAsUninterruptedAsync(byte[] file)
    {
        await using var other = await ImportStore.CreateAsync();
        await other.ImportAsync(file);
        Assert.Equal(await other.DigestAsync(), await _store.DigestAsync());
        Assert.Null(await _store.FirstBrokenAsync());
        Assert.Equal(0, (await _store.ImportAsync(file)).LinesToWrite);
    }

    private static void Hold(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        using var command = new NpgsqlCommand("select 1 from store_head where store_id = $1 for update", connection, transaction);
        command.Parameters.Add(new() { Value = ImportStore.Id });
        command.ExecuteScalar();
    }

    private async Task TerminateWhoeverWaitsForAsync(NpgsqlConnection holder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var terminate = _store.Chain.Source.CreateCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and $1 = any(pg_blocking_pids(pid))");
        terminate.Parameters.Add(new() { Value = holder.ProcessID });
        while ((long)(await terminate.ExecuteScalarAsync(patience.Token))! == 0) patience.Token.ThrowIfCancellationRequested();
    }

    private static IEnumerable<string> CutAtInvoice(List<string> lines, int from, int to)
    {
        var (first, last) = (lines[from].Split(',')[0], lines[to].Split(',')[0]);
        return lines.Skip(from).Take(to - from).Where(l => l.Split(',')[0] is var number && number != first && number != last);
    }

    private Task<long> HeadAsync() => _store.ScalarAsync<long>("select seq from store_head where store_id = $1");

    private async Task<int> ChunksAsync() => (int)await _store.ScalarAsync<long>("select count(*) from operation where store_id = $1 and type = 'import.chunk'");
}
