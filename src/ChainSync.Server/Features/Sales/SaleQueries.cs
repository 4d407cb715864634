using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Sales;

/// <summary>Reads sales: a page of a store's, or one by id.</summary>
public sealed class SaleQueries(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        id, receipt_series, receipt_number, register_id, employee_id, employee_name, customer_id, shift_id, status, payment_status, currency,
        prices_include_tax, subtotal_minor, discount_minor, discount_ppm, tax_minor, total_minor, cash_rounding_minor, change_minor,
        refunded_minor, flags, imported_from, created_at, business_date, sync_version, last_synced_at
        """;

    private const string OneSql = $"select {Columns} from sales where store_id = $1 and id = $2 and ($3::uuid is null or customer_id = $3)";

    private const string LinesSql = """
        select l.sale_id, l.line_no, l.product_id, l.sku, l.name, l.quantity_milli, l.unit_price_minor, l.catalogue_price_minor, l.tax_rate_ppm,
               l.gross_minor, l.discount_minor, l.ticket_discount_minor, l.tax_minor, l.total_minor, l.discount_ppm,
               (select coalesce(sum(r.quantity_milli), 0)::bigint from refund_lines r
                where r.store_id = l.store_id and r.sale_id = l.sale_id and r.sale_line_no = l.line_no)
        from sale_lines l where l.store_id = $1 and l.sale_id = any($2) order by l.sale_id, l.line_no
        """;

    private const string PaymentsSql = """
        select document_id, method, amount_minor, tendered_minor from payments
        where store_id = $1 and document_id = any($2) order by document_id, payment_no
        """;

    /// <summary>A page, newest first.</summary>
    public async Task<Page<Sale>> PageAsync(Guid storeId, SaleFilter filter, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), Cursor.ParseInstant(filter.After));
        var page = await PageReader.ReadAsync(
            dataSource, storeId, PageCommand(storeId, filter, after, limit), limit, Header, s => Cursor.OfInstant(s.SoldAt, s.Id), cancellationToken);
        return page with { Items = await WithDetailsAsync(storeId, page.Items, cancellationToken) };
    }

    /// <summary>One sale, or null when the store has none of that id (or not of that customer).</summary>
    public async Task<Sale?> FindAsync(Guid storeId, Guid saleId, Guid? customerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(OneSql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = saleId });
        command.Parameters.Add(Optional(customerId, NpgsqlDbType.Uuid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return (await WithDetailsAsync(storeId, [Header(reader)], cancellationToken))[0];
    }

    // Only the conditions that are asked for: one text for all would be planned once for all, and for none of them well.
    private static NpgsqlBatchCommand PageCommand(Guid storeId, SaleFilter filter, (DateTimeOffset At, Guid Id)? after, int limit) =>
        new ListStatement(Columns, "sales")
            .And("store_id = ?", storeId)
            .And("created_at >= ?", filter.From?.ToUniversalTime())
            .And("created_at < ?", filter.To?.ToUniversalTime())
            .And("customer_id = ?", filter.CustomerId)
            .And("payment_method = ?", filter.PaymentMethod)
            .And("(receipt_series || '-' || receipt_number = ? or imported_from = ?)", string.IsNullOrWhiteSpace(filter.Q) ? null : filter.Q.Trim())
            .Before("created_at, id", after is { } a ? [a.At, a.Id] : null)
            .OrderBy("created_at desc, id desc", limit);

    private async Task<IReadOnlyList<Sale>> WithDetailsAsync(Guid storeId, IReadOnlyList<Sale> sales, CancellationToken cancellationToken)
    {
        if (sales.Count == 0) return sales;
        var ids = sales.Select(s => s.Id).ToArray();
        await using var batch = dataSource.CreateBatch();
        foreach (var sql in new[] { LinesSql, PaymentsSql })
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = storeId }, new() { Value = ids } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var lines = new List<(Guid SaleId, SaleLine Line)>();
        while (await reader.ReadAsync(cancellationToken)) lines.Add((reader.GetGuid(0), Line(reader)));
        await reader.NextResultAsync(cancellationToken);
        var payments = new List<(Guid SaleId, Payment Payment)>();
        while (await reader.ReadAsync(cancellationToken))
            payments.Add((reader.GetGuid(0), new Payment(Words.ToMethod(reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<long?>(3))));
        var (linesOf, paymentsOf) = (lines.ToLookup(l => l.SaleId, l => l.Line), payments.ToLookup(p => p.SaleId, p => p.Payment));
        return [.. sales.Select(s => s with { Lines = [.. linesOf[s.Id]], Payments = [.. paymentsOf[s.Id]] })];
    }

    private static Sale Header(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        var receipt = row.GetFieldValue<long?>(2) is { } number ? new ReceiptNumber(row.GetString(1), number) : null;
        var importedFrom = row.TextOrNull(21);
        return new Sale
        {
            Id = id,
            Number = receipt?.ToString() ?? importedFrom ?? SaleRules.ShortNumber(id),
            Receipt = receipt,
            RegisterId = row.GetFieldValue<Guid?>(3),
            ActorId = row.GetFieldValue<Guid?>(4),
            ActorName = row.TextOrNull(5),
            CustomerId = row.GetFieldValue<Guid?>(6),
            ShiftId = row.GetFieldValue<Guid?>(7),
            Status = row.GetString(8),
            PaymentStatus = row.GetString(9),
            Currency = row.GetString(10),
            PricesIncludeTax = row.GetBoolean(11),
            Lines = [],
            SubtotalMinor = row.GetInt64(12),
            DiscountMinor = row.GetInt64(13),
            Discount = Discount(row.GetFieldValue<int?>(14), row.GetInt64(13)),
            TaxMinor = row.GetInt64(15),
            TotalMinor = row.GetInt64(16),
            CashRoundingMinor = row.GetInt64(17),
            Payments = [],
            ChangeMinor = row.GetInt64(18),
            RefundedMinor = row.GetInt64(19),
            Flags = row.GetFieldValue<string[]>(20),
            ImportedFrom = importedFrom,
            SoldAt = row.GetFieldValue<DateTimeOffset>(22),
            BusinessDate = row.GetFieldValue<DateOnly>(23),
            SyncVersion = row.GetInt64(24),
            LastSyncedAt = row.GetFieldValue<DateTimeOffset>(25),
        };
    }

    private static SaleLine Line(NpgsqlDataReader row) => new(
        row.GetInt32(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt32(8),
        row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13),
        Discount(row.GetFieldValue<int?>(14), row.GetInt64(10)), row.GetInt64(15));

    private static GivenDiscount? Discount(int? ratePpm, long amountMinor) =>
        ratePpm is not null ? new GivenDiscount(DiscountKind.Percent, RatePpm: ratePpm)
        : amountMinor > 0 ? new GivenDiscount(DiscountKind.Amount, AmountMinor: amountMinor)
        : null;
}

/// <summary>Which sales, and which page of them.</summary>
public sealed record SaleFilter(
    DateTimeOffset? From, DateTimeOffset? To, Guid? CustomerId, string? PaymentMethod, string? Q, int? Limit, string? After);
