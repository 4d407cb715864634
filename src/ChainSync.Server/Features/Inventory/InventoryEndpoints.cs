using ChainSync.Core.Inventory;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Inventory;

/// <summary>Stock of a store.</summary>
public static class InventoryEndpoints
{
    public static void MapInventory(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api/stores/{storeId:guid}").WithTags("Inventory").RequireAuthorization()
            .MapPost("/stock-adjustments", AdjustAsync).Produces<StockAdjustment>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);

    private static async Task<IResult> AdjustAsync(
        Guid storeId, Request<AdjustStock> request, HttpContext context, StoreWriter writer, CancellationToken cancellationToken)
    {
        var (operation, caller) = (request.ToOperation("stock.adjust", storeId), context.GetCaller());
        return (await writer.CommitAsync(operation, caller, new AdjustStockCommand(operation, request.Body, caller), cancellationToken)).ToResult();
    }
}
