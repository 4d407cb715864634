using System.Globalization;
using System.IO.Compression;
using ChainSync.Server.Features.Imports;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

/// <summary>The real file, imported once and then a second time.</summary>
public sealed class RealFileTests : IAsyncLifetime
{
    private static readonly string[] NotSales = ["BANK CHARGES", "AMAZONFEE", "CRUK", "B"];

    private ImportStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await ImportStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_real_history_is_in_the_store_to_the_penny_and_the_piece_and_a_second_import_adds_nothing()
    {
        Assert.SkipWhen(RetailFile.RealPath is null, RetailFile.NoRealFile);
        var file = ReadIndependently();

        var first = await ImportAsync();

        Assert.Equal(file.Count, first.LinesTotal);
        Assert.Equal(file.Count, first.Rules.Where(r => r.Rule.IsFate).Sum(r => r.Lines));
        Assert.Empty(first.Rejects);
        AssertMonths(file, await RevenueByMonthAsync(), first);
        await AssertStockAsync(file);
        await AssertRowsAsync(first);
        Assert.Null(await _store.FirstBrokenAsync());

        var (head, digest) = (await HeadAsync(), await _store.DigestAsync());
        var second = await ImportAsync();

        Assert.Equal(0, second.LinesToWrite);
        Assert.Equal(new ImportCounts(), second.Created);
        Assert.Equal((first.Created.Products, first.Created.Customers, first.Created.Sales), (second.Existing.Products, second.Existing.Customers, second.Existing.Sales));
        Assert.Equal(first.Rules.Where(r => r.Rule.IsFate), second.Rules.Where(r => r.Rule.IsFate));
        Assert.Equal((head, digest), (await HeadAsync(), await _store.DigestAsync()));
    }

    private static void AssertMonths(List<Row> file, Dictionary<string, decimal> revenue, ImportProgress done)
    {
        var expected = file.Where(r => !r.Invoice.StartsWith('A') && !NotSales.Contains(r.Sku)).GroupBy(r => r.Month)
            .ToDictionary(g => g.Key, g => decimal.Round(g.Sum(r => r.Quantity * r.Price), 2, MidpointRounding.AwayFromZero));
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected, revenue);
        Assert.Equal(
            file.GroupBy(r => r.Month).ToDictionary(g => g.Key, g => decimal.Round(g.Sum(r => r.Quantity * r.Price), 2, MidpointRounding.AwayFromZero)),
            done.Months.ToDictionary(m => m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), m => m.FileMinor / 100m));
        Assert.All(done.Months, m => Assert.Equal(m.FileMinor, m.RevenueMinor + m.SetAsideMinor + m.RejectedMinor));
    }

    private async Task AssertStockAsync(List<Row> file)
    {
        Assert.Equal(0L, await _store.ScalarAsync<long>("select count(*) from stock_moves where store_id = $1 and on_hand_after_milli < 0"));
        Assert.Equal(0L, await _store.ScalarAsync<long>("""
            select count(*) from stock s where store_id = $1 and on_hand_milli is distinct from
              (select sum(delta_milli) from stock_moves m where m.store_id = s.store_id and m.product_id = s.product_id)
            """));
        // What went out and came back, piece by piece: of one product that has all of it, counted by hand from the file.
        var moved = file.Where(r => r.Sku == "22423").Sum(r => r.Price == 0 && r.Quantity < 0 ? r.Quantity : -r.Quantity);
        Assert.Equal(moved * 1_000L, await _store.ScalarAsync<long>("""
            select sum(delta_milli)::bigint from stock_moves m join products p on p.store_id = m.store_id and p.id = m.product_id
            where m.store_id = $1 and p.sku = '22423' and reason <> 'opening'
            """));
    }

    private async Task AssertRowsAsync(ImportProgress done)
    {
        var lines = done.Rules.ToDictionary(r => r.Rule.Name, r => r.Lines);
        Assert.Equal(lines["sold"] + lines["sold-service"] + lines["sold-free"], await CountAsync("sale_lines"));
        Assert.Equal(lines["refunded"] + lines["refunded-service"], await CountAsync("refund_lines"));
        Assert.Equal((done.Created.Sales, done.Created.Refunds), (await CountAsync("sales"), await CountAsync("refunds")));
        foreach (var untrue in new[]
        {
            "select count(*) from sales s where store_id = $1 and total_minor <> (select sum(total_minor) from sale_lines l where l.store_id = s.store_id and l.sale_id = s.id)",
            "select count(*) from sales s where store_id = $1 and refunded_minor <> coalesce((select sum(total_minor) from refunds r where r.store_id = s.store_id and r.sale_id = s.id), 0)",
            "select count(*) from sales where store_id = $1 and refunded_minor > total_minor",
            """
            select count(*) from sale_lines l join (
              select sale_id, sale_line_no, sum(quantity_milli) q, sum(total_minor) t from refund_lines where store_id = $1 and sale_id is not null group by 1, 2
            ) r on r.sale_id = l.sale_id and r.sale_line_no = l.line_no where l.store_id = $1 and (r.q > l.quantity_milli or r.t > l.total_minor)
            """,
            """
            select count(*) from customers c where store_id = $1 and (total_spent_minor, total_orders) is distinct from (
              coalesce((select sum(total_minor) from sales s where s.store_id = c.store_id and s.customer_id = c.id), 0)
              - coalesce((select sum(total_minor) from refunds r where r.store_id = c.store_id and r.customer_id = c.id), 0),
              (select count(*) from sales s where s.store_id = c.store_id and s.customer_id = c.id))
            """,
            """
            select count(*) from payments p where store_id = $1 and amount_minor <> coalesce(
              (select total_minor from sales s where s.store_id = p.store_id and s.id = p.document_id),
              -(select total_minor from refunds r where r.store_id = p.store_id and r.id = p.document_id))
            """,
        }) Assert.Equal(0L, await _store.ScalarAsync<long>(untrue));
    }

    private Task<ImportProgress> ImportAsync() => _store.ImportAsync(File.OpenRead(RetailFile.RealPath!));

    private Task<long> CountAsync(string table) => _store.ScalarAsync<long>($"select count(*) from {table} where store_id = $1");

    private Task<long> HeadAsync() => _store.ScalarAsync<long>("select seq from store_head where store_id = $1");

    private async Task<Dictionary<string, decimal>> RevenueByMonthAsync()
    {
        await using var command = _store.Chain.Source.CreateCommand("""
            select to_char(day, 'YYYY-MM'), sum(minor)::bigint from (
              select business_date as day, total_minor as minor from sales where store_id = $1
              union all select business_date, -total_minor from refunds where store_id = $1) facts
            group by 1
            """);
        command.Parameters.Add(new() { Value = ImportStore.Id });
        await using var reader = await command.ExecuteReaderAsync();
        var months = new Dictionary<string, decimal>();
        while (await reader.ReadAsync()) months[reader.GetString(0)] = reader.GetInt64(1) / 100m;
        return months;
    }

    // By other means than the importer's: fields are taken from both ends, so a quoted description needs no parsing.
    private static List<Row> ReadIndependently()
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(RetailFile.RealPath!), CompressionMode.Decompress));
        text.ReadLine();
        var rows = new List<Row>();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            rows.Add(new Row(
                fields[0], fields[1].ToUpperInvariant(), int.Parse(fields[^5], CultureInfo.InvariantCulture), decimal.Parse(fields[^3], CultureInfo.InvariantCulture),
                fields[^4][..7]));
        }
        return rows;
    }

    private sealed record Row(string Invoice, string Sku, int Quantity, decimal Price, string Month);
}
