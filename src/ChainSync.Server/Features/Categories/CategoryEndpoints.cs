using ChainSync.Core.Categories;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Features.Categories;

/// <summary>Categories of a store. Anybody may read those in use; managers edit.</summary>
public static class CategoryEndpoints
{
    public static IServiceCollection AddCategories(this IServiceCollection services) =>
        services.AddSingleton<CategoryQueries>().AddSingleton<CategoryHandler>();

    public static void MapCategories(this IEndpointRouteBuilder app)
    {
        var categories = app.MapGroup("/api/stores/{storeId:guid}/categories").WithTags("Categories");
        categories.MapGet("/", ListAsync).Produces<Page<CategoryInfo>>().ProducesProblems(400, 401, 404, 422).AddEndpointFilter<OptionalSignIn>();

        var writes = categories.MapGroup("").RequireAuthorization();
        writes.MapPost("/", CreateAsync).Produces<CategoryInfo>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        writes.MapPatch("/{categoryId:guid}", UpdateAsync).Produces<CategoryInfo>().ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        writes.MapDelete("/{categoryId:guid}", ArchiveAsync).Produces<CategoryInfo>().ProducesProblems(400, 401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        Guid storeId, [AsParameters] CategoryFilter filter, HttpContext context, CategoryQueries queries, CancellationToken cancellationToken)
    {
        var seen = context.GetCaller().CatalogueOf(storeId) == CatalogueView.Staff ? filter : filter with { Active = true };
        return TypedResults.Json(await queries.PageAsync(storeId, seen, cancellationToken), ServerJson.Default.PageCategoryInfo);
    }

    private static async Task<IResult> CreateAsync(
        Guid storeId, Request<CreateCategory> request, HttpContext context, CategoryHandler handler, CancellationToken cancellationToken) =>
        (await handler.CreateAsync(request.Body, request.ToOperation("category.create", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> UpdateAsync(
        Guid storeId, Guid categoryId, PatchRequest<CategoryFields> patch, HttpContext context, CategoryHandler handler, CancellationToken cancellationToken) =>
        (await handler.UpdateAsync(categoryId, patch, patch.ToOperation("category.update", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> ArchiveAsync(
        Guid storeId, Guid categoryId, BodilessRequest request, HttpContext context, CategoryHandler handler, CancellationToken cancellationToken) =>
        (await handler.ArchiveAsync(
            categoryId, request.BaseVersion, request.ToOperation("category.delete", storeId), context.GetCaller(), cancellationToken)).ToResult();
}
