using ChainSync.Core.Identity;
using ChainSync.Realtime;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Features.Realtime;

/// <summary>What the hub is, for everybody, and how it does, for administrators.</summary>
public static class HubEndpoints
{
    public static void MapHubInfo(this WebApplication app)
    {
        // At a path of the hub itself, whoever asks for no WebSocket is told what is there.
        app.MapLive(plain: context => HttpMethods.IsGet(context.Request.Method)
            ? GetInfo(context.RequestServices.GetRequiredService<RealtimeOptions>(), context.RequestServices.GetRequiredService<IOptions<HubOptions>>()).ExecuteAsync(context)
            : MethodNotAllowed(context));
        var hub = app.MapGroup("").WithTags("Realtime");
        hub.MapGet("/api/ws/info", GetInfo).Produces<HubInfo>();
        var stats = hub.MapGroup("").RequireAuthorization();
        foreach (var (path, handler) in new (string, Delegate)[]
        {
            ("/api/ws/stats", GetStats), ("/api/websocket/stats", GetWebsocketStats), ("/api/realtime/websocket", GetRealtimeWebsocket),
        })
        {
            stats.MapGet(path, handler).Produces<HubStats>().ProducesProblems(401, 403);
        }
    }

    private static JsonHttpResult<HubInfo> GetInfo(RealtimeOptions realtime, IOptions<HubOptions> hub) => TypedResults.Json(HubInfo.Of(realtime, hub.Value), ServerJson.Default.HubInfo);

    private static JsonHttpResult<HubStats> GetStats(HttpContext context, Hub hub, LiveWindow window, TimeProvider clock)
    {
        context.GetCaller().AtLeast(Role.Admin);
        return TypedResults.Json(HubStats.Of(hub, window, clock), ServerJson.Default.HubStats);
    }

    // The same under the other names that scripts know it by.
    private static JsonHttpResult<HubStats> GetWebsocketStats(HttpContext context, Hub hub, LiveWindow window, TimeProvider clock) => GetStats(context, hub, window, clock);

    private static JsonHttpResult<HubStats> GetRealtimeWebsocket(HttpContext context, Hub hub, LiveWindow window, TimeProvider clock) => GetStats(context, hub, window, clock);

    private static Task MethodNotAllowed(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = HttpMethods.Get;
        return Task.CompletedTask;
    }
}
