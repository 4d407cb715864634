using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Imports;

/// <summary>Imports into a store, for its managers.</summary>
public static class ImportEndpoints
{
    private const string Operation = "import.chunk";

    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<ImportOptions>>().Value);
        services.AddSingleton<OnlineRetailImport>().AddSingleton<ImportTable>().AddSingleton<ImportJobs>();
        return services.AddHostedService(provider => provider.GetRequiredService<ImportJobs>());
    }

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/stores/{storeId:guid}/imports").WithTags("Imports").RequireAuthorization();
        imports.MapPost("/", BeginAsync).WithMetadata(new NeedsOperationId()).Accepts<string>("text/csv", "application/gzip").Produces<ImportStatus>(202).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422);
        imports.MapGet("/{importId:guid}", FindAsync).Produces<ImportStatus>().ProducesProblems(401, 403, 404);
        imports.MapGet("/{importId:guid}/rejects", RejectsAsync).Produces<string>(200, "text/csv").ProducesProblems(401, 403, 404);
        imports.MapDelete("/{importId:guid}", CancelAsync).Produces(204).ProducesProblems(401, 403, 404);
    }

    private static async Task<IResult> BeginAsync(
        Guid storeId, HttpContext context, StoreReader stores, ImportJobs jobs, ImportOptions options, string? format, bool dryRun = false)
    {
        var (caller, id) = (Manager(context, storeId), RequestHeaders.OperationId(context));
        if (format != ImportArguments.OnlineRetail)
            return Problems.From(Rejection.OfField("common.invalid", "The format is not known.", "format", "Must be online-retail."));
        if (await stores.FindAsync(caller, storeId, context.RequestAborted) is not { } store) return Problems.From(StoreErrors.NotFound);
        var file = await ImportUpload.TakeAsync(context, options);
        var begun = await jobs.BeginAsync(id, StoreOf(store), file, dryRun, caller, context.RequestAborted);
        if (!begun.IsAccepted) return Problems.From(begun.Rejection);
        if (begun.Value.Replayed) context.Response.Headers["Idempotency-Replayed"] = "true";
        context.Response.Headers.Location = $"/api/stores/{storeId}/imports/{id}";
        return TypedResults.Json(begun.Value.Status, ImportJson.Default.ImportStatus, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> FindAsync(Guid storeId, Guid importId, HttpContext context, ImportTable table, CancellationToken cancellationToken)
    {
        Manager(context, storeId);
        return await table.FindAsync(storeId, importId, cancellationToken) is { } status
            ? TypedResults.Json(status, ImportJson.Default.ImportStatus)
            : Problems.From(StoreErrors.NotFound);
    }

    private static async Task<IResult> RejectsAsync(Guid storeId, Guid importId, HttpContext context, ImportTable table, CancellationToken cancellationToken)
    {
        Manager(context, storeId);
        return await table.FindRejectsAsync(storeId, importId, cancellationToken) is { } rejects
            ? TypedResults.Text(rejects, "text/csv; charset=utf-8")
            : Problems.From(StoreErrors.NotFound);
    }

    private static async Task<IResult> CancelAsync(Guid storeId, Guid importId, HttpContext context, ImportTable table, CancellationToken cancellationToken)
    {
        Manager(context, storeId);
        return await table.CancelAsync(storeId, importId, cancellationToken) ? TypedResults.NoContent() : Problems.From(StoreErrors.NotFound);
    }

    private static Caller Manager(HttpContext context, Guid storeId)
    {
        var caller = context.GetCaller();
        if (!caller.HasStore(storeId)) throw new RejectionException(StoreErrors.NotFound);
        return caller.AtLeast(Permissions.Needed(Operation));
    }

    private static Store StoreOf(StoreInfo store) => new()
    {
        Id = store.Id, Code = store.Code, Name = store.Name, Currency = store.Currency, CurrencyDigits = store.CurrencyDigits, Locale = store.Locale,
        TimeZone = store.TimeZone, PricesIncludeTax = store.PricesIncludeTax, CashRoundingMinor = store.CashRoundingMinor,
    };
}
