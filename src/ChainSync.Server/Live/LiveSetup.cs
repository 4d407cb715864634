using ChainSync.Realtime;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Live;

/// <summary>Wires the log to the hub.</summary>
public static class LiveSetup
{
    private const string HubSection = "Hub";

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<RealtimeOptions>().BindConfiguration(RealtimeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RealtimeOptions>>().Value);
        services.AddOptions<HubOptions>().BindConfiguration(HubSection).Configure<RealtimeOptions>(AllowOrigins);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseDirectSend()));
        services.AddSingleton<LatencyHistogram>().AddSingleton<LiveWindow>().AddHostedService<LiveSampler>();
        services.AddSingleton<ActiveProducts>().AddSingleton<IHubPublishing, CustomerPublishing>().AddSingleton<IHubPresence, CustomerPresence>();
        return services.AddSingleton<LogReader>().AddHub<HubAuthority, LogHistory>().AddHostedService<LogTail>();
    }

    /// <summary>Opens the hub's paths.</summary>
    /// <param name="app">The program.</param>
    /// <param name="plain">Answers who asks one of them for no WebSocket.</param>
    public static void MapLive(this WebApplication app, RequestDelegate plain)
    {
        var options = app.Services.GetRequiredService<RealtimeOptions>();
        // Without a hub nobody is asked to upgrade; what is left says so, and a page must not answer in its place.
        foreach (var path in options.Paths)
        {
            if (options.Enabled) app.MapHub(path, path.StartsWith("/api/", StringComparison.Ordinal) ? plain : null);
            else app.MapGet(path, path.StartsWith("/api/", StringComparison.Ordinal) ? plain : static c => NotThere(c));
        }
    }

    private static Task NotThere(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void AllowOrigins(HubOptions hub, RealtimeOptions options)
    {
        if (options.AllowedOrigins is not { } origins) return;
        hub.AllowedOrigins.Clear();
        foreach (var origin in origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) hub.AllowedOrigins.Add(origin);
    }
}
