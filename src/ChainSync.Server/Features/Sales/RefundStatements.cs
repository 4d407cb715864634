using ChainSync.Core.Sales;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Sales;

/// <summary>The rows of a refund as statements.</summary>
internal static class RefundStatements
{
    private const string RefundSql = """
        insert into refunds (store_id, id, sale_id, customer_id, employee_id, employee_name, reason, restock, total_minor, tax_minor,
          imported_from, created_at, received_at, business_date, cash_rounding_minor, sync_version, last_synced_at)
        values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,1,$13)
        """;

    private const string LinesSql = """
        insert into refund_lines (store_id, refund_id, sale_id, line_no, sale_line_no, product_id, sku, name, quantity_milli, tax_minor, total_minor)
        select $1, $2, $3, l.* from unnest($4::int[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[]) as l
        """;

    public static NpgsqlBatchCommand Refund(Guid storeId, Refund refund) => new(RefundSql)
    {
        Parameters =
        {
            new() { Value = storeId },
            new() { Value = refund.Id },
            Optional(refund.SaleId, NpgsqlDbType.Uuid),
            Optional(refund.CustomerId, NpgsqlDbType.Uuid),
            Optional(refund.ActorId, NpgsqlDbType.Uuid),
            Optional(refund.ActorName, NpgsqlDbType.Text),
            new() { Value = refund.Reason },
            new() { Value = refund.Restock },
            new() { Value = refund.TotalMinor },
            new() { Value = refund.TaxMinor },
            Optional(refund.ImportedFrom, NpgsqlDbType.Text),
            new() { Value = refund.CreatedAt },
            new() { Value = refund.LastSyncedAt },
            new() { Value = refund.BusinessDate },
            new() { Value = refund.CashRoundingMinor },
        },
    };

    public static NpgsqlBatchCommand Lines(Guid storeId, Refund refund) => new(LinesSql)
    {
        Parameters =
        {
            new() { Value = storeId },
            new() { Value = refund.Id },
            Optional(refund.SaleId, NpgsqlDbType.Uuid),
            Column(refund.Lines, l => l.LineNo),
            Column(refund.Lines, l => l.SaleLineNo),
            Column(refund.Lines, l => l.ProductId),
            Column(refund.Lines, l => l.Sku),
            Column(refund.Lines, l => l.Name),
            Column(refund.Lines, l => l.QuantityMilli),
            Column(refund.Lines, l => l.TaxMinor),
            Column(refund.Lines, l => l.TotalMinor),
        },
    };
}
