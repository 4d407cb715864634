using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Products;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Features.Products;

/// <summary>Adds, edits and archives products.</summary>
public sealed class ProductHandler(StoreWriter writer)
{
    public Task<Outcome<Committed>> CreateAsync(CreateProduct command, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        writer.CommitAsync(
            operation, caller, ChainSyncJson.Default.ProductInfo, StatusCodes.Status201Created,
            db => Task.FromResult(command.ToProduct(operation.StoreId).Map(product => db.Products.Add(product).Entity)),
            static product => ProductInfo.Of(product, 0, 0), cancellationToken);

    public Task<Outcome<Committed>> UpdateAsync(
        Guid productId, PatchRequest<ProductFields> patch, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(productId, patch.BaseVersion, patch.ApplyTo, operation, caller, cancellationToken);

    /// <summary>Takes a product out of the offer. Its row stays: sales of it, refunds and reports refer to it.</summary>
    public Task<Outcome<Committed>> ArchiveAsync(
        Guid productId, long? baseVersion, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(productId, baseVersion, static fields => fields with { Active = false }, operation, caller, cancellationToken);

    private Task<Outcome<Committed>> EditAsync(
        Guid productId, long? baseVersion, Func<ProductFields, Outcome<ProductFields>> edit, Operation operation, Caller caller,
        CancellationToken cancellationToken) =>
        writer.CommitAsync<Stocked, ProductInfo>(operation, caller, ChainSyncJson.Default.ProductInfo, StatusCodes.Status200OK, async db =>
        {
            var storeId = operation.StoreId;
            if (await db.Products.SingleOrDefaultAsync(p => p.StoreId == storeId && p.Id == productId, cancellationToken) is not { } product)
                return StoreErrors.NotFound;
            if (baseVersion is { } version && version != product.SyncVersion) return StoreErrors.VersionConflict;
            var edited = edit(ProductFields.Of(product));
            if (!edited.IsAccepted) return edited.Rejection;
            if (edited.Value.Check() is { } invalid) return invalid;
            edited.Value.ApplyTo(product);
            return new Stocked(product, await db.Stock.AsNoTracking().SingleOrDefaultAsync(s => s.StoreId == storeId && s.ProductId == productId, cancellationToken));
        }, Stocked.ToInfo, cancellationToken);

    private sealed record Stocked(Product Product, StockRow? Stock)
    {
        public static ProductInfo ToInfo(Stocked stocked) => ProductInfo.Of(stocked.Product, stocked.Stock?.OnHandMilli ?? 0, stocked.Stock?.ReservedMilli ?? 0);
    }
}
