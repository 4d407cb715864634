using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Inventory;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Sync;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Inventory;

/// <summary>Stock that moves without a sale: its own row, then the moves; the log gets both.</summary>
public sealed class AdjustStockCommand(Operation operation, AdjustStock adjustment, Caller caller) : FactCommand
{
    private const string InsertSql = """
        insert into stock_adjustments (store_id, id, reason, note, employee_id, employee_name, created_at) values ($1, $2, $3, $4, $5, $6, $7)
        """;

    private readonly HashSet<Guid> _products = [];

    public override void AddReads(NpgsqlBatch batch) =>
        batch.BatchCommands.Add(new("select id from products where store_id = $1 and id = any($2)")
        {
            Parameters = { new() { Value = operation.StoreId }, new() { Value = adjustment.Lines.Select(l => l?.ProductId ?? Guid.Empty).ToArray() } },
        });

    public override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        _products.Clear();
        while (await reader.ReadAsync(cancellationToken)) _products.Add(reader.GetGuid(0));
    }

    public override Outcome<FactWrites> Decide(DateTimeOffset now)
    {
        if (adjustment.Check() is { } invalid) return invalid;
        var errors = new FieldErrors();
        for (var i = 0; i < adjustment.Lines.Count; i++)
            errors.Require(_products.Contains(adjustment.Lines[i].ProductId), $"lines[{i}].productId", "This store has no such product.");
        if (errors.ToRejection("common.unknown-reference", "Some products are not in this store. Nothing was written.") is { } unknown) return unknown;
        return Writes(new StockAdjustment(adjustment.Id, adjustment.Lines, adjustment.Reason, now, adjustment.Note, caller.Id, caller.Name));
    }

    private FactWrites Writes(StockAdjustment recorded)
    {
        var reason = JsonNamingPolicy.CamelCase.ConvertName(recorded.Reason.ToString());
        var body = JsonSerializer.Serialize(recorded, ChainSyncJson.Default.StockAdjustment);
        return new FactWrites(
            body,
            [
                Insert(recorded, reason),
                SaleStatements.MoveStock(operation, recorded.CreatedAt, reason, recorded.Id, recorded.Lines.Select(l => (l.ProductId, l.DeltaMilli))),
            ],
            [new Change("stock-adjustment", recorded.Id, 1, ChangeKind.Create, body)]);
    }

    private NpgsqlBatchCommand Insert(StockAdjustment recorded, string reason) => new(InsertSql)
    {
        Parameters =
        {
            new() { Value = operation.StoreId },
            new() { Value = recorded.Id },
            new() { Value = reason },
            Optional(recorded.Note, NpgsqlDbType.Text),
            Optional(recorded.ActorId, NpgsqlDbType.Uuid),
            new() { Value = recorded.ActorName! },
            new() { Value = recorded.CreatedAt },
        },
    };
}
