using ChainSync.Core.Identity;
using ChainSync.Core.Sales;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Sales;

/// <summary>Sales and refunds of a store.</summary>
public static class SaleEndpoints
{
    public static IServiceCollection AddSales(this IServiceCollection services) =>
        services.AddSingleton<SaleQueries>().AddSingleton<RefundQueries>().AddSingleton<LiveQueries>();

    public static void MapSales(this IEndpointRouteBuilder app)
    {
        var sales = app.MapGroup("/api/stores/{storeId:guid}").WithTags("Sales").RequireAuthorization();
        sales.MapPost("/sales", RecordAsync).Produces<Sale>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 422);
        sales.MapGet("/sales", ListAsync).Produces<Page<Sale>>().ProducesProblems(401, 404);
        sales.MapGet("/sales/{saleId:guid}", FindAsync).Produces<Sale>().ProducesProblems(401, 404);
        sales.MapPost("/sales/{saleId:guid}/refunds", RefundAsync).Produces<Refund>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 422);
        sales.MapGet("/sales/{saleId:guid}/refunds", RefundsAsync).Produces<ItemList<Refund>>().ProducesProblems(401, 404);
        sales.MapGet("/live", LiveAsync).Produces<LiveFigures>().ProducesProblems(401, 404);
    }

    private static async Task<IResult> RecordAsync(
        Guid storeId, Request<RecordSale> request, HttpContext context, StoreWriter writer, CancellationToken cancellationToken)
    {
        var (operation, caller) = (request.ToOperation("sale.record", storeId), context.GetCaller());
        var outcome = await writer.CommitAsync(operation, caller, new RecordSaleCommand(operation, request.Body, caller), cancellationToken);
        return outcome.ToResult();
    }

    private static async Task<IResult> RefundAsync(
        Guid storeId, Guid saleId, Request<RecordRefund> request, HttpContext context, StoreWriter writer, CancellationToken cancellationToken)
    {
        var (operation, caller) = (request.ToOperation("sale.refund", storeId), context.GetCaller());
        var outcome = await writer.CommitAsync(operation, caller, new RecordRefundCommand(operation, saleId, request.Body, caller), cancellationToken);
        return outcome.ToResult();
    }

    private static async Task<IResult> ListAsync(
        Guid storeId, [AsParameters] SaleFilter filter, HttpContext context, SaleQueries queries, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller().Reading(storeId, "orders");
        var own = caller.Role == Role.Customer ? filter with { CustomerId = caller.CustomerId ?? Guid.Empty } : filter;
        return Results.Ok(await queries.PageAsync(storeId, own, cancellationToken));
    }

    private static async Task<IResult> FindAsync(
        Guid storeId, Guid saleId, HttpContext context, SaleQueries queries, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller().Reading(storeId, "orders");
        var sale = await queries.FindAsync(storeId, saleId, OwnOnly(caller), cancellationToken);
        return sale is null ? Problems.From(StoreErrors.NotFound) : Results.Ok(sale);
    }

    private static async Task<IResult> RefundsAsync(
        Guid storeId, Guid saleId, HttpContext context, SaleQueries sales, RefundQueries queries, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller().Reading(storeId, "orders");
        if (await sales.FindAsync(storeId, saleId, OwnOnly(caller), cancellationToken) is null) return Problems.From(StoreErrors.NotFound);
        return Results.Ok(new ItemList<Refund>(await queries.OfSaleAsync(storeId, saleId, cancellationToken)));
    }

    private static async Task<IResult> LiveAsync(Guid storeId, HttpContext context, LiveQueries queries, CancellationToken cancellationToken)
    {
        context.GetCaller().Reading(storeId, "orders").AtLeast(Role.Staff);
        return Results.Ok(await queries.FiguresAsync(storeId, cancellationToken));
    }

    private static Guid? OwnOnly(Caller caller) => caller.Role == Role.Customer ? caller.CustomerId ?? Guid.Empty : null;
}
