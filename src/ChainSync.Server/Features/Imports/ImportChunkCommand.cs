using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSync.Core;
using ChainSync.Core.Imports;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>Writes a chunk in one batch: all of it commits, or none. Everything it must know was read before; the sales it refunds are guarded.</summary>
internal sealed class ImportChunkCommand(ImportChunk chunk, Operation operation) : FactCommand
{
    /// <summary>The operation that a chunk is: its id follows from its documents, so a repeat of it is recognised.</summary>
    public static Operation OperationOf(Guid storeId, ImportChunk chunk)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', chunk.Documents)));
        return new Operation(new RetailIds(storeId).Chunk(Convert.ToHexStringLower(hash)), "import.chunk", storeId, hash);
    }

    public override void AddReads(NpgsqlBatch batch)
    {
    }

    public override Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Outcome<FactWrites> Decide(DateTimeOffset now) =>
        new FactWrites(Response(), ImportStatements.For(operation, chunk, now), [.. Documents(now), .. chunk.Facts.SelectMany(fact => Facts(fact, now))]);

    private string Response() => new JsonObject
    {
        ["first"] = chunk.Documents[0],
        ["last"] = chunk.Documents[^1],
        ["documents"] = chunk.Documents.Count,
        ["lines"] = chunk.Lines,
        ["sales"] = chunk.Sales.Count(),
        ["refunds"] = chunk.Refunds.Count(),
        ["products"] = chunk.Products.Count,
        ["customers"] = chunk.Customers.Count,
    }.ToJsonString();

    private IEnumerable<Change> Documents(DateTimeOffset now)
    {
        ISynced[] documents = [.. chunk.TaxClass is { } taxClass ? [taxClass] : Array.Empty<ISynced>(), .. chunk.Products, .. chunk.Customers];
        foreach (var document in documents)
        {
            (document.SyncVersion, document.LastSyncedAt) = (1, now);
            yield return ChangeCapture.Created(document);
        }
    }

    private static IEnumerable<Change> Facts(ImportedFact fact, DateTimeOffset now)
    {
        if (fact.Sale is { } sale)
            yield return Created("sale", sale.Id, JsonSerializer.Serialize(sale with { LastSyncedAt = now }, ChainSyncJson.Default.Sale));
        if (fact.Refund is not { } refund) yield break;
        yield return Created("refund", refund.Id, JsonSerializer.Serialize(refund with { LastSyncedAt = now }, ChainSyncJson.Default.Refund));
        if (refund.SaleId is { } saleId) yield return Refunded(saleId, fact.Before!, fact.After!);
    }

    private static Change Created(string entity, Guid id, string body) => new(entity, id, 1, ChangeKind.Create, body);

    private static Change Refunded(Guid saleId, SaleState before, SaleState after) =>
        new("sale", saleId, after.Version, ChangeKind.Update, Body(after), Body(before));

    private static string Body(SaleState state) =>
        new JsonObject { ["refundedMinor"] = state.RefundedMinor, ["paymentStatus"] = state.PaymentStatus }.ToJsonString();
}
