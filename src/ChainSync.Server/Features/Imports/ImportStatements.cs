using System.Numerics;
using ChainSync.Core.Imports;
using ChainSync.Core.Log;
using ChainSync.Core.Sales;
using ChainSync.Server.Features.Sales;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>
/// A chunk's rows as statements, column by column, in lock order: its own rows, the sales it refunds, stock by product, balances by
/// customer. Increases of stock come before decreases, so no level between them is below zero.
/// </summary>
internal static class ImportStatements
{
    private const string TaxClassSql = """
        insert into tax_classes (store_id, id, code, name, rate_ppm, sync_version, last_synced_at) values ($1, $2, $3, $4, $5, 1, $6)
        """;

    private const string ProductsSql = """
        insert into products (store_id, id, sku, name, price_minor, tax_class_id, low_stock_at_milli, active, sync_version, last_synced_at)
        select $1, p.*, 1, $2 from unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::uuid[], $8::bigint[], $9::bool[]) as p
        """;

    private const string CustomersSql = """
        insert into customers (store_id, id, name, external_id, active, sync_version, last_synced_at)
        select $1, c.*, true, 1, $2 from unnest($3::uuid[], $4::text[], $5::text[]) as c
        """;

    private const string SalesSql = """
        insert into sales (store_id, id, receipt_series, receipt_number, customer_id, status, payment_method, payment_status, currency,
          prices_include_tax, subtotal_minor, discount_minor, tax_minor, total_minor, cash_rounding_minor, change_minor, imported_from,
          created_at, received_at, business_date, sync_version, last_synced_at)
        select $1, s.id, $3, s.number, s.customer, 'completed', 'other', 'paid', $4, $5, s.total, 0, 0, s.total, 0, 0, s.origin, s.at, $2, s.day, 1, $2
        from unnest($6::uuid[], $7::bigint[], $8::uuid[], $9::bigint[], $10::text[], $11::timestamptz[], $12::date[])
          as s(id, number, customer, total, origin, at, day)
        """;

    private const string SaleLinesSql = """
        insert into sale_lines (store_id, sale_id, line_no, product_id, sku, name, quantity_milli, unit_price_minor, catalogue_price_minor,
          gross_minor, discount_minor, ticket_discount_minor, tax_rate_ppm, tax_minor, total_minor)
        select $1, l.sale, l.no, l.product, l.sku, l.name, l.quantity, l.price, l.price, l.gross, l.discount, 0, 0, 0, l.total
        from unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
          as l(sale, no, product, sku, name, quantity, price, gross, discount, total)
        """;

    private const string RefundsSql = """
        insert into refunds (store_id, id, sale_id, customer_id, reason, restock, total_minor, tax_minor, imported_from, created_at,
          received_at, business_date, sync_version, last_synced_at)
        select $1, r.id, r.sale, r.customer, r.reason, r.restock, r.total, 0, r.origin, r.at, $2, r.day, 1, $2
        from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bool[], $8::bigint[], $9::text[], $10::timestamptz[], $11::date[])
          as r(id, sale, customer, reason, restock, total, origin, at, day)
        """;

    private const string RefundLinesSql = """
        insert into refund_lines (store_id, refund_id, line_no, sale_id, sale_line_no, product_id, sku, name, quantity_milli, tax_minor, total_minor)
        select $1, l.refund, l.no, l.sale, l.sale_line, l.product, l.sku, l.name, l.quantity, 0, l.total
        from unnest($2::uuid[], $3::int[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::bigint[], $10::bigint[])
          as l(refund, no, sale, sale_line, product, sku, name, quantity, total)
        """;

    private const string PaymentsSql = """
        insert into payments (store_id, document_id, payment_no, refund, method, amount_minor, at)
        select $1, p.document, 1, p.refund, 'other', p.amount, p.at
        from unnest($2::uuid[], $3::bool[], $4::bigint[], $5::timestamptz[]) as p(document, refund, amount, at)
        """;

    private const string RefundedSalesSql = """
        with changed as (
          update sales s set refunded_minor = u.refunded, payment_status = u.status, sync_version = u.version, last_synced_at = $2
          from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[]) as u(id, version_before, refunded, status, version)
          where s.store_id = $1 and s.id = u.id and s.sync_version = u.version_before
          returning 1)
        select require_fresh((count(*) = cardinality($3::uuid[]))::int) from changed
        """;

    // The checks of foreign keys are planned once per connection. Planned while the tables seem empty, a check of (store, id) may read
    // every row of the store, each time: measured at a tenth of the speed by the twelfth chunk. New statistics make it plan again.
    private const string AnalyzeSql = "analyze products, customers, sales, sale_lines, refunds, stock, stock_moves";

    // All of them first and in order: the moves that follow go over them several times.
    private const string LockStockSql = "select 1 from stock where store_id = $1 and product_id = any($2) order by product_id for update";

    private const string BalancesSql = """
        update customers c set total_spent_minor = c.total_spent_minor + b.spent, total_orders = c.total_orders + b.orders,
          last_order_at = greatest(c.last_order_at, b.last)
        from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[]) as b(id, spent, orders, last)
        where c.store_id = $1 and c.id = b.id
        """;

    public static IReadOnlyList<NpgsqlBatchCommand> For(Operation operation, ImportChunk chunk, DateTimeOffset now)
    {
        var storeId = operation.StoreId;
        var statements = new List<NpgsqlBatchCommand>();
        if (chunk.TaxClass is { } taxClass)
            statements.Add(Statement(TaxClassSql, storeId, taxClass.Id, taxClass.Code, taxClass.Name, taxClass.RatePpm, now));
        if (chunk.Products.Count > 0) statements.Add(Products(storeId, chunk, now));
        if (chunk.Customers.Count > 0) statements.Add(Customers(storeId, chunk, now));
        var (sales, refunds) = (chunk.Sales.ToList(), chunk.Refunds.ToList());
        if (sales.Count > 0) statements.Add(Sales(storeId, sales, now));
        if (BitOperations.IsPow2(chunk.Ordinal)) statements.Add(new NpgsqlBatchCommand(AnalyzeSql));
        if (sales.Count > 0) statements.Add(SaleLines(storeId, sales));
        if (refunds.Count > 0) statements.AddRange([Refunds(storeId, refunds, now), RefundLines(storeId, refunds)]);
        if (chunk.Facts.Count > 0) statements.Add(Payments(storeId, chunk));
        if (chunk.RefundedSales.Count > 0) statements.Add(RefundedSales(storeId, chunk, now));
        statements.AddRange(Stock(operation, chunk, now));
        if (chunk.Balances.Count > 0) statements.Add(Balances(storeId, chunk));
        return statements;
    }

    private static NpgsqlBatchCommand Products(Guid storeId, ImportChunk chunk, DateTimeOffset now) => Statement(
        ProductsSql, storeId, now, Column(chunk.Products, p => p.Id), Column(chunk.Products, p => p.Sku), Column(chunk.Products, p => p.Name),
        Column(chunk.Products, p => p.PriceMinor), Column(chunk.Products, p => p.TaxClassId), Column(chunk.Products, p => p.LowStockAtMilli),
        Column(chunk.Products, p => p.Active));

    private static NpgsqlBatchCommand Customers(Guid storeId, ImportChunk chunk, DateTimeOffset now) => Statement(
        CustomersSql, storeId, now, Column(chunk.Customers, c => c.Id), Column(chunk.Customers, c => c.Name), Column(chunk.Customers, c => c.ExternalId));

    private static NpgsqlBatchCommand Sales(Guid storeId, List<Sale> sales, DateTimeOffset now) => Statement(
        SalesSql, storeId, now, RetailIds.Source, sales[0].Currency, sales[0].PricesIncludeTax, Column(sales, s => s.Id),
        Column(sales, s => s.Receipt!.Number), Column(sales, s => s.CustomerId), Column(sales, s => s.TotalMinor), Column(sales, s => s.ImportedFrom),
        Column(sales, s => s.SoldAt), Column(sales, s => s.BusinessDate));

    private static NpgsqlBatchCommand SaleLines(Guid storeId, List<Sale> sales)
    {
        var lines = sales.SelectMany(sale => sale.Lines.Select(line => (Sale: sale.Id, Line: line))).ToList();
        return Statement(
            SaleLinesSql, storeId, Column(lines, l => l.Sale), Column(lines, l => l.Line.LineNo), Column(lines, l => l.Line.ProductId),
            Column(lines, l => l.Line.Sku), Column(lines, l => l.Line.Name), Column(lines, l => l.Line.QuantityMilli),
            Column(lines, l => l.Line.UnitPriceMinor), Column(lines, l => l.Line.GrossMinor), Column(lines, l => l.Line.DiscountMinor),
            Column(lines, l => l.Line.TotalMinor));
    }

    private static NpgsqlBatchCommand Refunds(Guid storeId, List<Refund> refunds, DateTimeOffset now) => Statement(
        RefundsSql, storeId, now, Column(refunds, r => r.Id), Column(refunds, r => r.SaleId), Column(refunds, r => r.CustomerId),
        Column(refunds, r => r.Reason), Column(refunds, r => r.Restock), Column(refunds, r => r.TotalMinor), Column(refunds, r => r.ImportedFrom),
        Column(refunds, r => r.CreatedAt), Column(refunds, r => r.BusinessDate));

    private static NpgsqlBatchCommand RefundLines(Guid storeId, List<Refund> refunds)
    {
        var lines = refunds.SelectMany(refund => refund.Lines.Select(line => (Refund: refund, Line: line))).ToList();
        return Statement(
            RefundLinesSql, storeId, Column(lines, l => l.Refund.Id), Column(lines, l => l.Line.LineNo),
            Column(lines, l => l.Line.SaleLineNo is null ? null : l.Refund.SaleId), Column(lines, l => l.Line.SaleLineNo),
            Column(lines, l => l.Line.ProductId), Column(lines, l => l.Line.Sku), Column(lines, l => l.Line.Name), Column(lines, l => l.Line.QuantityMilli),
            Column(lines, l => l.Line.TotalMinor));
    }

    private static NpgsqlBatchCommand Payments(Guid storeId, ImportChunk chunk)
    {
        var payments = chunk.Sales.Select(s => (s.Id, Refund: false, Amount: s.TotalMinor, At: s.SoldAt))
            .Concat(chunk.Refunds.Select(r => (r.Id, Refund: true, Amount: -r.TotalMinor, At: r.CreatedAt))).ToList();
        return Statement(
            PaymentsSql, storeId, Column(payments, p => p.Id), Column(payments, p => p.Refund), Column(payments, p => p.Amount), Column(payments, p => p.At));
    }

    private static NpgsqlBatchCommand RefundedSales(Guid storeId, ImportChunk chunk, DateTimeOffset now)
    {
        var sales = chunk.RefundedSales.OrderBy(s => s.Key).ToList();
        return Statement(
            RefundedSalesSql, storeId, now, Column(sales, s => s.Key), Column(sales, s => s.Value.Before.Version),
            Column(sales, s => s.Value.After.RefundedMinor), Column(sales, s => s.Value.After.PaymentStatus), Column(sales, s => s.Value.After.Version));
    }

    private static IEnumerable<NpgsqlBatchCommand> Stock(Operation operation, ImportChunk chunk, DateTimeOffset now)
    {
        var corrections = chunk.Corrections.SelectMany(c => c.Deltas.GroupBy(d => d.DeltaMilli > 0).Select(g => (c.Id, IsFound: g.Key, Deltas: g.ToList()))).ToList();
        var products = chunk.Opening.Keys.Concat(chunk.Returned.Keys).Concat(chunk.Taken.Keys)
            .Concat(corrections.SelectMany(c => c.Deltas.Select(d => d.Product))).Distinct().ToArray();
        if (products.Length == 0) yield break;
        yield return Statement(LockStockSql, operation.StoreId, products);
        if (chunk.Opening.Count > 0) yield return Move("opening", null, Pairs(chunk.Opening));
        foreach (var found in corrections.Where(c => c.IsFound)) yield return Move("found", found.Id, found.Deltas);
        if (chunk.Returned.Count > 0) yield return Move("refund", null, Pairs(chunk.Returned));
        if (chunk.Taken.Count > 0) yield return Move("sale", null, Pairs(chunk.Taken));
        foreach (var lost in corrections.Where(c => !c.IsFound)) yield return Move("write-off", lost.Id, lost.Deltas);

        NpgsqlBatchCommand Move(string reason, Guid? reference, IEnumerable<(Guid, long)> moves) =>
            SaleStatements.MoveStock(operation, now, reason, reference, moves);
    }

    private static NpgsqlBatchCommand Balances(Guid storeId, ImportChunk chunk)
    {
        var balances = chunk.Balances.OrderBy(b => b.Key).ToList();
        return Statement(
            BalancesSql, storeId, Column(balances, b => b.Key), Column(balances, b => b.Value.SpentMinor), Column(balances, b => b.Value.Orders),
            Column(balances, b => b.Value.LastOrderAt));
    }

    private static IEnumerable<(Guid, long)> Pairs(Dictionary<Guid, long> moves) => moves.Select(m => (m.Key, m.Value));

    private static TColumn[] Column<TRow, TColumn>(IEnumerable<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];

    private static NpgsqlBatchCommand Statement(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
