using ChainSync.Core.Events;
using ChainSync.Realtime;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Live;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Realtime;

/// <summary>Who is in a store's shop front now.</summary>
public static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/stores/{storeId:guid}/presence", PresentAsync).WithTags("Realtime").RequireAuthorization()
            .Produces<CustomersPresent>().ProducesProblems(401, 404);

    private static async Task<IResult> PresentAsync(Guid storeId, HttpContext context, Hub hub, LogReader log, CancellationToken cancellationToken)
    {
        context.GetCaller().Reading(storeId, "customers");
        // An admin has every store, also those that do not exist.
        if (await log.HeadAsync(storeId, cancellationToken) is null) return Problems.From(StoreErrors.NotFound);
        return TypedResults.Json(CustomerPresence.Of(hub.Present(storeId.ToString())), ServerJson.Default.CustomersPresent);
    }
}
