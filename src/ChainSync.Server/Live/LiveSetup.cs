using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Wires the log to the hub.</summary>
public static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services) =>
        services.AddSingleton<LogReader>().AddHub<HubAuthority, LogHistory>().AddHostedService<LogTail>()
            .AddSingleton<ActiveProducts>().AddSingleton<IHubPublishing, CustomerPublishing>().AddSingleton<IHubPresence, CustomerPresence>();

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        foreach (var path in new[] { "/ws/notifications", "/ws", "/api/ws" }) app.MapHub(path);
    }
}
