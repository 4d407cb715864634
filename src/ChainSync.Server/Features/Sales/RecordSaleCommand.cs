using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Sales;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Sales;

/// <summary>A till's sale: read the store and the products it names, judge, write.</summary>
public sealed class RecordSaleCommand(Operation operation, RecordSale sale, Caller caller) : FactCommand
{
    private SaleContext? _context;

    public override void AddReads(NpgsqlBatch batch) => SaleReads.Add(batch, operation.StoreId, sale);

    public override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        _context = await SaleReads.TakeAsync(reader, sale, cancellationToken);

    public override Outcome<FactWrites> Decide(DateTimeOffset now)
    {
        if (_context is null) return StoreErrors.NotFound;
        var recorded = SaleRules.Record(sale, _context, caller, now);
        return recorded.Map(Writes);
    }

    private FactWrites Writes(Sale recorded)
    {
        var body = JsonSerializer.Serialize(recorded, ChainSyncJson.Default.Sale);
        return new FactWrites(body, [.. SaleStatements.For(operation, recorded)], [new Change("sale", recorded.Id, 1, ChangeKind.Create, body)]);
    }
}
