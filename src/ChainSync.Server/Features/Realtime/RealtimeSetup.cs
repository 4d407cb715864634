namespace ChainSync.Server.Features.Realtime;

/// <summary>What one can ask and tell the hub over HTTP.</summary>
public static class RealtimeSetup
{
    public static IServiceCollection AddRealtime(this IServiceCollection services) => services.AddSingleton<SendNoticeHandler>();

    public static void MapRealtime(this IEndpointRouteBuilder app) => app.MapNotices();
}
