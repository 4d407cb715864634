using ChainSync.Core.Json;
using ChainSync.Core.Products;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Products;

/// <summary>Products of a store. Anybody may read what is on offer; managers edit.</summary>
public static class ProductEndpoints
{
    public static IServiceCollection AddProducts(this IServiceCollection services) =>
        services.AddSingleton<ProductQueries>().AddSingleton<ProductHandler>();

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/stores/{storeId:guid}/products").WithTags("Products");
        var reads = products.MapGroup("").AddEndpointFilter<OptionalSignIn>();
        reads.MapGet("/", ListAsync).Produces<Page<ProductInfo>>().ProducesProblems(400, 401, 404, 422);
        reads.MapGet("/{productId:guid}", FindAsync).Produces<ProductInfo>().ProducesProblems(401, 404);
        reads.MapGet("/by-barcode/{code}", FindByBarcodeAsync).Produces<ProductInfo>().ProducesProblems(401, 404, 422);

        var writes = products.MapGroup("").RequireAuthorization();
        writes.MapPost("/", CreateAsync).Produces<ProductInfo>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        writes.MapPatch("/{productId:guid}", UpdateAsync).Produces<ProductInfo>().ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        writes.MapDelete("/{productId:guid}", ArchiveAsync).Produces<ProductInfo>().ProducesProblems(400, 401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        Guid storeId, [AsParameters] ProductFilter filter, HttpContext context, ProductQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Json(await queries.PageAsync(storeId, filter, context.GetCaller().CatalogueOf(storeId), cancellationToken), ServerJson.Default.PageProductInfo);

    private static async Task<IResult> FindAsync(
        Guid storeId, Guid productId, HttpContext context, ProductQueries queries, CancellationToken cancellationToken) =>
        Answer(await queries.FindAsync(storeId, productId, context.GetCaller().CatalogueOf(storeId), cancellationToken));

    private static async Task<IResult> FindByBarcodeAsync(
        Guid storeId, string code, HttpContext context, ProductQueries queries, CancellationToken cancellationToken) =>
        Answer(await queries.FindByBarcodeAsync(storeId, code, context.GetCaller().CatalogueOf(storeId), cancellationToken));

    private static async Task<IResult> CreateAsync(
        Guid storeId, Request<CreateProduct> request, HttpContext context, ProductHandler handler, CancellationToken cancellationToken) =>
        (await handler.CreateAsync(request.Body, request.ToOperation("product.create", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> UpdateAsync(
        Guid storeId, Guid productId, PatchRequest<ProductFields> patch, HttpContext context, ProductHandler handler, CancellationToken cancellationToken) =>
        (await handler.UpdateAsync(productId, patch, patch.ToOperation("product.update", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> ArchiveAsync(
        Guid storeId, Guid productId, BodilessRequest request, HttpContext context, ProductHandler handler, CancellationToken cancellationToken) =>
        (await handler.ArchiveAsync(
            productId, request.BaseVersion, request.ToOperation("product.delete", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static IResult Answer(ProductInfo? product) =>
        product is null ? Problems.From(StoreErrors.NotFound) : TypedResults.Json(product, ChainSyncJson.Default.ProductInfo);
}
