using ChainSync.Server.Sync;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Live;

/// <summary>A port that has the hub and nothing else, so that it can be opened to where the rest must not be seen.</summary>
public static class HubPort
{
    private const string Key = RealtimeOptions.Section + ":" + nameof(RealtimeOptions.Port);
    private const string DefaultUrl = "http://localhost:5000"; // Kestrel's own

    /// <summary>Adds the port to the addresses the server listens on, unless it is one of them: then there is nothing to set apart.</summary>
    public static void Listen(IConfigurationManager configuration)
    {
        if (configuration.GetValue<int?>(Key) is not { } port) return;
        var urls = configuration["urls"] is { Length: > 0 } given ? given : DefaultUrl;
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse).ToList();
        if (addresses.Exists(a => a.Port == port)) configuration[Key] = null;
        else configuration["urls"] = $"{urls};http://{addresses.Find(a => !a.IsUnixPipe)?.Host ?? "localhost"}:{port}";
    }

    /// <summary>Answers 404 to whatever else is asked for at the hub's own port.</summary>
    public static void UseHubPort(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<RealtimeOptions>();
        if (options.Port is not { } port) return;
        app.Use((context, next) => context.Connection.LocalPort != port || IsHub(context.Request.Path, options)
            ? next(context)
            : Problems.From(StoreErrors.NotFound).ExecuteAsync(context));
    }

    private static bool IsHub(PathString path, RealtimeOptions options) => options.Paths.Any(p => path == p) || path == "/api/ws/info";
}
