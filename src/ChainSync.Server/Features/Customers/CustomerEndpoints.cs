using ChainSync.Core.Customers;
using ChainSync.Core.Json;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Customers;

/// <summary>Customers of a store, for its staff.</summary>
public static class CustomerEndpoints
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<CustomerQueries>().AddSingleton<CustomerHandler>();

    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        var customers = app.MapGroup("/api/stores/{storeId:guid}/customers").WithTags("Customers").RequireAuthorization();
        customers.MapGet("/", ListAsync).Produces<Page<CustomerInfo>>().ProducesProblems(400, 401, 404, 422);
        customers.MapGet("/{customerId:guid}", FindAsync).Produces<CustomerInfo>().ProducesProblems(401, 404);
        customers.MapPost("/", CreateAsync).Produces<CustomerInfo>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        customers.MapPatch("/{customerId:guid}", UpdateAsync).Produces<CustomerInfo>().ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        customers.MapDelete("/{customerId:guid}", ArchiveAsync).Produces<CustomerInfo>().ProducesProblems(400, 401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        Guid storeId, [AsParameters] CustomerFilter filter, HttpContext context, CustomerQueries queries, CancellationToken cancellationToken)
    {
        context.GetCaller().Reading(storeId, "customers");
        return TypedResults.Json(await queries.PageAsync(storeId, filter, cancellationToken), ServerJson.Default.PageCustomerInfo);
    }

    private static async Task<IResult> FindAsync(
        Guid storeId, Guid customerId, HttpContext context, CustomerQueries queries, CancellationToken cancellationToken)
    {
        context.GetCaller().Reading(storeId, "customers");
        return await queries.FindAsync(storeId, customerId, cancellationToken) is { } customer
            ? TypedResults.Json(customer, ChainSyncJson.Default.CustomerInfo)
            : Problems.From(StoreErrors.NotFound);
    }

    private static async Task<IResult> CreateAsync(
        Guid storeId, Request<CreateCustomer> request, HttpContext context, CustomerHandler handler, CancellationToken cancellationToken) =>
        (await handler.CreateAsync(request.Body, request.ToOperation("customer.create", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> UpdateAsync(
        Guid storeId, Guid customerId, PatchRequest<CustomerFields> patch, HttpContext context, CustomerHandler handler, CancellationToken cancellationToken) =>
        (await handler.UpdateAsync(customerId, patch, patch.ToOperation("customer.update", storeId), context.GetCaller(), cancellationToken)).ToResult();

    private static async Task<IResult> ArchiveAsync(
        Guid storeId, Guid customerId, BodilessRequest request, HttpContext context, CustomerHandler handler, CancellationToken cancellationToken) =>
        (await handler.ArchiveAsync(
            customerId, request.BaseVersion, request.ToOperation("customer.delete", storeId), context.GetCaller(), cancellationToken)).ToResult();
}
