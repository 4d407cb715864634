using ChainSync.Core.Imports;
using ChainSync.Server.Features.Sales;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>Reads what a store has before an import, in one round trip, or two when there is something to take back.</summary>
internal static class StoreBeforeReader
{
    private const string StoreSql = """
        select id, code, name, currency, currency_digits, locale, time_zone, prices_include_tax, cash_rounding_minor,
               (select t.id from tax_classes t where t.store_id = s.id and t.rate_ppm = 0 order by t.code limit 1)
        from stores s where id = $1
        """;

    private const string ProductsSql = "select upper(sku), id from products where store_id = $1 order by sku";

    private const string StockSql = "select product_id, on_hand_milli from stock where store_id = $1";

    private const string CustomersSql = "select external_id, id from customers where store_id = $1 and external_id is not null";

    private const string SalesSql = """
        select substr(imported_from, $3), id, total_minor, refunded_minor, payment_status, sync_version
        from sales where store_id = $1 and starts_with(imported_from, $2)
        """;

    private const string RefundsSql = """
        select substr(imported_from, $3), -sum(total_minor)::bigint
        from refunds where store_id = $1 and starts_with(imported_from, $2) group by imported_from
        """;

    private const string CorrectionsSql =
        "select distinct ref_id from stock_moves where store_id = $1 and ref_id is not null and reason = any(array['found', 'write-off'])";

    // Two plain statements rather than one that joins them: right after a bulk load the planner has no statistics to join well by.
    private const string SoldLinesSql = """
        select s.customer_id, l.product_id, l.sale_id, l.line_no, l.unit_price_minor, l.quantity_milli, l.discount_minor
        from sales s join sale_lines l on l.store_id = s.store_id and l.sale_id = s.id
        where s.store_id = $1 and starts_with(s.imported_from, $2) and s.customer_id = any($3)
        order by s.created_at, s.receipt_number, l.line_no
        """;

    private const string RefundedLinesSql = """
        select sale_id, sale_line_no, sum(quantity_milli)::bigint from refund_lines where store_id = $1 and sale_id is not null group by sale_id, sale_line_no
        """;

    /// <summary>The store, or null when there is none of that id.</summary>
    public static async Task<StoreBefore?> ReadAsync(NpgsqlConnection connection, Guid storeId, RetailBook book, CancellationToken cancellationToken)
    {
        var origin = RetailIds.OriginOf("");
        StoreBefore? before;
        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Select(StoreSql, storeId), Select(ProductsSql, storeId), Select(StockSql, storeId), Select(CustomersSql, storeId),
                Select(SalesSql, storeId, origin, origin.Length + 1), Select(RefundsSql, storeId, origin, origin.Length + 1), Select(CorrectionsSql, storeId),
            },
        })
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            before = await TakeAsync(reader, cancellationToken);
        }
        if (before is null) return null;
        var credited = book.Documents.Where(d => d.IsCredit && !before.Has(d) && before.Customers.ContainsKey(d.Customer))
            .Select(d => before.Customers[d.Customer]).Distinct().ToArray();
        return credited.Length == 0 ? before : before with { OpenLines = await ReadOpenLinesAsync(connection, storeId, origin, credited, cancellationToken) };
    }

    // Of the customers whom the file credits; of those, lines that a refund takes back to the penny.
    private static async Task<List<(Guid, Guid, OpenLine)>> ReadOpenLinesAsync(
        NpgsqlConnection connection, Guid storeId, string origin, Guid[] customers, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Select(RefundedLinesSql, storeId), Select(SoldLinesSql, storeId, origin, customers) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var refunded = new Dictionary<(Guid, int), long>();
        while (await reader.ReadAsync(cancellationToken)) refunded[(reader.GetGuid(0), reader.GetInt32(1))] = reader.GetInt64(2);
        var open = new List<(Guid, Guid, OpenLine)>();
        await EachAsync(reader, Take, cancellationToken);
        return open;

        void Take(NpgsqlDataReader row)
        {
            var (saleId, lineNo) = (row.GetGuid(2), row.GetInt32(3));
            var left = row.GetInt64(5) - refunded.GetValueOrDefault((saleId, lineNo));
            if (left > 0 && row.GetInt64(6) == 0) open.Add((row.GetGuid(0), row.GetGuid(1), new OpenLine(saleId, lineNo, row.GetInt64(4), left)));
        }
    }

    private static async Task<StoreBefore?> TakeAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var (store, untaxed) = (SaleReads.StoreOf(reader), reader.GetFieldValue<Guid?>(9));
        var products = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await EachAsync(reader, r => products.TryAdd(r.GetString(0), r.GetGuid(1)), cancellationToken);
        var onHand = new Dictionary<Guid, long>();
        await EachAsync(reader, r => onHand[r.GetGuid(0)] = r.GetInt64(1), cancellationToken);
        var customers = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await EachAsync(reader, r => customers[r.GetString(0)] = r.GetGuid(1), cancellationToken);
        var documents = new Dictionary<string, long>(StringComparer.Ordinal);
        var sales = new Dictionary<Guid, SaleState>();
        await EachAsync(reader, TakeSale, cancellationToken);
        await EachAsync(reader, r => documents[r.GetString(0)] = r.GetInt64(1), cancellationToken);
        var corrections = new HashSet<Guid>();
        await EachAsync(reader, r => corrections.Add(r.GetGuid(0)), cancellationToken);
        return new StoreBefore
        {
            Store = store, UntaxedClassId = untaxed, Products = products, OnHand = onHand, Customers = customers, Documents = documents, Sales = sales,
            Corrections = corrections,
        };

        void TakeSale(NpgsqlDataReader row)
        {
            documents[row.GetString(0)] = row.GetInt64(2);
            sales[row.GetGuid(1)] = new SaleState(row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5));
        }
    }

    private static async Task EachAsync(NpgsqlDataReader reader, Action<NpgsqlDataReader> take, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) take(reader);
    }

    private static NpgsqlBatchCommand Select(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return command;
    }
}
