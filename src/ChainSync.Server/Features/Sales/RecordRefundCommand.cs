using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;
using ChainSync.Core.Stores;
using ChainSync.Server.Sync;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Features.Sales;

/// <summary>Goods of a sale coming back. The sale's version guards it: of two refunds at once, the second is judged on what the first left.</summary>
public sealed class RecordRefundCommand(Operation operation, Guid saleId, RecordRefund refund, Caller caller) : FactCommand
{
    private const string StoreSql = """
        select s.id, s.code, s.name, s.currency, s.currency_digits, s.locale, s.time_zone, s.prices_include_tax, s.cash_rounding_minor,
               a.customer_id, a.total_minor, a.refunded_minor, a.sync_version, a.payment_status
        from sales a join stores s on s.id = a.store_id where a.store_id = $1 and a.id = $2
        """;

    private const string LinesSql = """
        select l.line_no, l.product_id, l.sku, l.name, l.quantity_milli, l.total_minor, l.tax_minor,
               coalesce(sum(r.quantity_milli), 0)::bigint, coalesce(sum(r.total_minor), 0)::bigint, coalesce(sum(r.tax_minor), 0)::bigint
        from sale_lines l
        left join refund_lines r on r.store_id = l.store_id and r.sale_id = l.sale_id and r.sale_line_no = l.line_no
        where l.store_id = $1 and l.sale_id = $2
        group by l.store_id, l.sale_id, l.line_no
        """;

    private Store? _store;
    private SoldBefore? _sold;
    private string _statusBefore = "";

    public override void AddReads(NpgsqlBatch batch)
    {
        foreach (var sql in new[] { StoreSql, LinesSql })
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = operation.StoreId }, new() { Value = saleId } } });
    }

    public override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) return;
        _store = SaleReads.StoreOf(reader);
        Guid? customerId = await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetGuid(9);
        var (total, refunded, version) = (reader.GetInt64(10), reader.GetInt64(11), reader.GetInt64(12));
        _statusBefore = reader.GetString(13);
        await reader.NextResultAsync(cancellationToken);
        var lines = new Dictionary<int, SoldLineBefore>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines[reader.GetInt32(0)] = new(
                reader.GetGuid(1), reader.GetString(2), reader.GetString(3),
                new LinePortion(reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)),
                new LinePortion(reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9)));
        }
        _sold = new SoldBefore(saleId, customerId, total, refunded, version, lines);
    }

    public override Outcome<FactWrites> Decide(DateTimeOffset now)
    {
        if (_sold is null || _store is null) return StoreErrors.NotFound;
        return RefundRules.Record(refund, _sold, _store, caller, now).Map(recorded => Writes(recorded, _sold));
    }

    private FactWrites Writes(Refund recorded, SoldBefore sold)
    {
        var body = JsonSerializer.Serialize(recorded, ChainSyncJson.Default.Refund);
        var statements = new List<NpgsqlBatchCommand>
        {
            GuardSale(recorded, sold),
            RefundStatements.Refund(operation.StoreId, recorded),
            RefundStatements.Lines(operation.StoreId, recorded),
            SaleStatements.Payments(operation.StoreId, recorded.Id, refund: true, recorded.Payments, recorded.LastSyncedAt),
        };
        if (recorded.Restock)
        {
            statements.Add(SaleStatements.MoveStock(
                operation, recorded.LastSyncedAt, "refund", recorded.Id, recorded.Lines.Select(l => (l.ProductId, l.QuantityMilli))));
        }
        if (sold.CustomerId is { } customer)
            statements.Add(SaleStatements.CustomerBalance(operation.StoreId, customer, -recorded.TotalMinor, 0, DateTimeOffset.UnixEpoch));
        return new FactWrites(body, statements, [new Change("refund", recorded.Id, 1, ChangeKind.Create, body), SaleChange(recorded, sold)]);
    }

    private NpgsqlBatchCommand GuardSale(Refund recorded, SoldBefore sold) => new("""
        with changed as (
          update sales set refunded_minor = refunded_minor + $4, payment_status = $5, sync_version = sync_version + 1, last_synced_at = $6
          where store_id = $1 and id = $2 and sync_version = $3 returning 1)
        select require_fresh(count(*)) from changed
        """)
    {
        Parameters =
        {
            new() { Value = operation.StoreId },
            new() { Value = saleId },
            new() { Value = sold.SyncVersion },
            new() { Value = recorded.TotalMinor },
            new() { Value = StatusAfter(recorded, sold) },
            new() { Value = recorded.LastSyncedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    private Change SaleChange(Refund recorded, SoldBefore sold)
    {
        var after = new JsonObject { ["refundedMinor"] = sold.RefundedMinor + recorded.TotalMinor, ["paymentStatus"] = StatusAfter(recorded, sold) };
        var before = new JsonObject { ["refundedMinor"] = sold.RefundedMinor, ["paymentStatus"] = _statusBefore };
        return new Change("sale", saleId, sold.SyncVersion + 1, ChangeKind.Update, after.ToJsonString(), before.ToJsonString());
    }

    private static string StatusAfter(Refund recorded, SoldBefore sold) =>
        sold.RefundedMinor + recorded.TotalMinor >= sold.TotalMinor ? "refunded" : "partly-refunded";
}
