namespace ChainSync.Server.Features.Realtime;

/// <summary>The hub, and what one can ask and tell it over HTTP.</summary>
public static class RealtimeSetup
{
    public static IServiceCollection AddRealtime(this IServiceCollection services) => services.AddSingleton<SendNoticeHandler>();

    public static void MapRealtime(this WebApplication app)
    {
        app.MapHubInfo();
        app.MapNotices();
        app.MapPresence();
    }
}
