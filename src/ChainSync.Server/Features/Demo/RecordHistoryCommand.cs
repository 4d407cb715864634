using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Sales;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Demo;

/// <summary>Many sales of a store in one commit: each judged by the rules of a till's sale and written by its statements.</summary>
internal sealed class RecordHistoryCommand(Operation operation, IReadOnlyList<(RecordSale Sale, Caller Seller)> sales) : FactCommand
{
    // One sale that names every product of all of them, and nothing else to look up.
    private readonly RecordSale _all = sales[0].Sale with
    {
        Lines = [.. sales.SelectMany(s => s.Sale.Lines).DistinctBy(l => l.ProductId)], RegisterId = null, CustomerId = null,
    };

    private SaleContext? _context;

    public override void AddReads(NpgsqlBatch batch) => SaleReads.Add(batch, operation.StoreId, _all);

    public override async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        _context = await SaleReads.TakeAsync(reader, _all, cancellationToken);

    public override Outcome<FactWrites> Decide(DateTimeOffset now)
    {
        if (_context is null) return StoreErrors.NotFound;
        var (statements, changes) = (new List<NpgsqlBatchCommand>(), new List<Change>());
        foreach (var (sale, seller) in sales)
        {
            var recorded = SaleRules.Record(sale, _context with { RegisterSeries = sale.Receipt?.Series }, seller, now);
            if (!recorded.IsAccepted) return recorded.Rejection;
            statements.AddRange(SaleStatements.For(operation, recorded.Value));
            changes.Add(new Change("sale", sale.Id, 1, ChangeKind.Create, JsonSerializer.Serialize(recorded.Value, ChainSyncJson.Default.Sale)));
        }
        return new FactWrites("{}", statements, changes);
    }
}
