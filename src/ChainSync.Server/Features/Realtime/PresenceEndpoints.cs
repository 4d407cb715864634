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
            .Produces<StorePresence>().ProducesProblems(401, 404);

    private static async Task<IResult> PresentAsync(Guid storeId, HttpContext context, Hub hub, LogReader log, CancellationToken cancellationToken)
    {
        context.GetCaller().Reading(storeId, "customers");
        // An admin has every store, also those that do not exist.
        if (await log.HeadAsync(storeId, cancellationToken) is null) return Problems.From(StoreErrors.NotFound);
        var present = hub.Present(storeId.ToString());
        return TypedResults.Json(new(present.Online, [.. present.Listed.Select(Info)]), ServerJson.Default.StorePresence);
    }

    private static PresentCustomer Info(HubUser user)
    {
        var caller = HubAuthority.CallerOf(user);
        return new(Guid.Parse(user.Id), caller.CustomerId, caller.Name);
    }
}

/// <summary>Who is there.</summary>
/// <param name="Online">How many customers: people, not connections.</param>
/// <param name="Customers">Those who came last, newest first; at most 100.</param>
public sealed record StorePresence(int Online, IReadOnlyList<PresentCustomer> Customers);

/// <summary>Somebody who is there.</summary>
/// <param name="UserId">Their account.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record PresentCustomer(Guid UserId, Guid? CustomerId, string Name);
