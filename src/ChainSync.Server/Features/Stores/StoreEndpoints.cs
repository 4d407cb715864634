using ChainSync.Core.Json;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Stores;

/// <summary>Stores and their registers.</summary>
public static class StoreEndpoints
{
    public static IServiceCollection AddStores(this IServiceCollection services) =>
        services.AddSingleton<StoreReader>().AddSingleton<CreateRegisterHandler>();

    public static void MapStores(this IEndpointRouteBuilder routes)
    {
        var stores = routes.MapGroup("/api/stores").WithTags("Stores").RequireAuthorization();
        stores.MapGet("/", ListAsync).Produces<ItemList<StoreInfo>>();
        stores.MapGet("/{storeId:guid}", GetAsync).Produces<StoreInfo>();
        stores.MapGet("/{storeId:guid}/registers", ListRegistersAsync).Produces<ItemList<RegisterInfo>>();
        stores.MapPost("/{storeId:guid}/registers", CreateRegisterAsync).Produces<RegisterCreated>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(StoreReader reader, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Json(new(await reader.ListAsync(context.GetCaller(), cancellationToken)), ServerJson.Default.ItemListStoreInfo);

    private static async Task<IResult> GetAsync(Guid storeId, StoreReader reader, HttpContext context, CancellationToken cancellationToken) =>
        await reader.FindAsync(context.GetCaller(), storeId, cancellationToken) is { } store
            ? TypedResults.Json(store, ChainSyncJson.Default.StoreInfo)
            : Problems.From(StoreErrors.NotFound);

    private static async Task<IResult> ListRegistersAsync(Guid storeId, StoreReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller();
        if (await reader.FindAsync(caller, storeId, cancellationToken) is null) return Problems.From(StoreErrors.NotFound);
        if (caller.Role < Role.Staff) return Problems.From(StoreErrors.Forbidden);
        return TypedResults.Json(new(await reader.ListRegistersAsync(storeId, cancellationToken)), ServerJson.Default.ItemListRegisterInfo);
    }

    private static async Task<IResult> CreateRegisterAsync(
        Guid storeId, Request<CreateRegister> request, CreateRegisterHandler handler, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var operation = request.ToOperation(CreateRegisterHandler.Operation, storeId);
        return (await handler.HandleAsync(request.Body, operation, context.GetCaller(), cancellationToken)).ToResult();
    }
}
