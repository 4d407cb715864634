using ChainSync.Core.Log;
using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Sales;

/// <summary>The rows of a sale as statements, in lock order: its own rows, then stock by product, then the customer's balance.</summary>
internal static class SaleStatements
{
    private const string SaleSql = """
        insert into sales (store_id, id, receipt_series, receipt_number, register_id, employee_id, employee_name, customer_id, shift_id,
          status, payment_method, payment_status, currency, prices_include_tax, subtotal_minor, discount_minor, discount_ppm, tax_minor,
          total_minor, cash_rounding_minor, change_minor, flags, created_at, received_at, business_date, sync_version, last_synced_at)
        values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,1,$24)
        """;

    private const string LinesSql = """
        insert into sale_lines (store_id, sale_id, line_no, product_id, sku, name, quantity_milli, unit_price_minor, catalogue_price_minor,
          discount_ppm, gross_minor, discount_minor, ticket_discount_minor, tax_rate_ppm, tax_minor, total_minor)
        select $1, $2, l.* from unnest($3::int[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::int[],
          $11::bigint[], $12::bigint[], $13::bigint[], $14::int[], $15::bigint[], $16::bigint[]) as l
        """;

    private const string PaymentsSql = """
        insert into payments (store_id, document_id, payment_no, refund, method, amount_minor, tendered_minor, at)
        select $1, $2, (row_number() over ())::int, $3, p.method, p.amount, p.tendered, $4
        from unnest($5::text[], $6::bigint[], $7::bigint[]) as p(method, amount, tendered)
        """;

    private const string CustomerSql = """
        update customers set total_spent_minor = total_spent_minor + $3, total_orders = total_orders + $4,
          last_order_at = greatest(last_order_at, $5) where store_id = $1 and id = $2
        """;

    public static IEnumerable<NpgsqlBatchCommand> For(Operation operation, Sale sale)
    {
        var storeId = operation.StoreId;
        yield return SaleRow(storeId, sale);
        yield return Lines(storeId, sale.Id, sale.Lines);
        yield return Payments(storeId, sale.Id, refund: false, sale.Payments, sale.LastSyncedAt);
        yield return MoveStock(operation, sale.LastSyncedAt, "sale", sale.Id, sale.Lines.Select(l => (l.ProductId, -l.QuantityMilli)));
        if (sale.CustomerId is { } customer) yield return CustomerBalance(storeId, customer, sale.TotalMinor, 1, sale.SoldAt);
    }

    public static NpgsqlBatchCommand Payments(Guid storeId, Guid documentId, bool refund, IReadOnlyList<Payment> payments, DateTimeOffset at) => new(PaymentsSql)
    {
        Parameters =
        {
            new() { Value = storeId },
            new() { Value = documentId },
            new() { Value = refund },
            new() { Value = at },
            new() { Value = payments.Select(p => Words.Of(p.Method)).ToArray() },
            new() { Value = payments.Select(p => refund ? -p.AmountMinor : p.AmountMinor).ToArray() },
            new() { Value = payments.Select(p => p.TenderedMinor).ToArray() },
        },
    };

    public static NpgsqlBatchCommand MoveStock(
        Operation operation, DateTimeOffset at, string reason, Guid? reference, IEnumerable<(Guid ProductId, long DeltaMilli)> moves)
    {
        var list = moves.ToList();
        return new("select move_stock($1,$2,$3,$4,$5,$6,$7)")
        {
            Parameters =
            {
                new() { Value = operation.StoreId },
                new() { Value = operation.Id },
                new() { Value = at },
                new() { Value = reason },
                Optional(reference, NpgsqlDbType.Uuid),
                Column(list, m => m.ProductId),
                Column(list, m => m.DeltaMilli),
            },
        };
    }

    public static NpgsqlBatchCommand CustomerBalance(Guid storeId, Guid customerId, long spentMinor, long orders, DateTimeOffset at) => new(CustomerSql)
    {
        Parameters =
        {
            new() { Value = storeId }, new() { Value = customerId }, new() { Value = spentMinor }, new() { Value = orders }, new() { Value = at },
        },
    };

    private static NpgsqlBatchCommand SaleRow(Guid storeId, Sale sale) => new(SaleSql)
    {
        Parameters =
        {
            new() { Value = storeId },
            new() { Value = sale.Id },
            Optional(sale.Receipt?.Series, NpgsqlDbType.Text),
            Optional(sale.Receipt?.Number, NpgsqlDbType.Bigint),
            Optional(sale.RegisterId, NpgsqlDbType.Uuid),
            Optional(sale.ActorId, NpgsqlDbType.Uuid),
            Optional(sale.ActorName, NpgsqlDbType.Text),
            Optional(sale.CustomerId, NpgsqlDbType.Uuid),
            Optional(sale.ShiftId, NpgsqlDbType.Uuid),
            new() { Value = sale.Status },
            new() { Value = Words.MethodOf(sale.Payments) },
            new() { Value = sale.PaymentStatus },
            new() { Value = sale.Currency },
            new() { Value = sale.PricesIncludeTax },
            new() { Value = sale.SubtotalMinor },
            new() { Value = sale.DiscountMinor },
            Optional(sale.Discount?.RatePpm, NpgsqlDbType.Integer),
            new() { Value = sale.TaxMinor },
            new() { Value = sale.TotalMinor },
            new() { Value = sale.CashRoundingMinor },
            new() { Value = sale.ChangeMinor },
            new() { Value = sale.Flags.ToArray() },
            new() { Value = sale.SoldAt },
            new() { Value = sale.LastSyncedAt },
            new() { Value = sale.BusinessDate },
        },
    };

    private static NpgsqlBatchCommand Lines(Guid storeId, Guid saleId, IReadOnlyList<SaleLine> lines) => new(LinesSql)
    {
        Parameters =
        {
            new() { Value = storeId },
            new() { Value = saleId },
            Column(lines, l => l.LineNo),
            Column(lines, l => l.ProductId),
            Column(lines, l => l.Sku),
            Column(lines, l => l.Name),
            Column(lines, l => l.QuantityMilli),
            Column(lines, l => l.UnitPriceMinor),
            Column(lines, l => l.CatalogueUnitPriceMinor),
            Column(lines, l => l.Discount?.RatePpm),
            Column(lines, l => l.GrossMinor),
            Column(lines, l => l.DiscountMinor),
            Column(lines, l => l.TicketDiscountMinor),
            Column(lines, l => l.TaxRatePpm),
            Column(lines, l => l.TaxMinor),
            Column(lines, l => l.TotalMinor),
        },
    };
}
