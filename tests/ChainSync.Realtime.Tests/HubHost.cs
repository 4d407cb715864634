using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSync.Realtime.Tests;

/// <summary>A real Kestrel server on a free loopback port, with the hub, a log in memory and a clock that stands still.</summary>
public sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHost(WebApplication app, TestClock clock, TestLog log)
    {
        (_app, Clock, Log) = (app, clock, log);
        Hub = app.Services.GetRequiredService<Hub>();
        Address = new(app.Urls.Single());
    }

    public TestClock Clock { get; }

    public TestLog Log { get; }

    public Hub Hub { get; }

    public TestAuthority Authority => (TestAuthority)_app.Services.GetRequiredService<IHubAuthority>();

    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public Uri Address { get; }

    public Uri Socket => new UriBuilder(Address) { Scheme = Address.Scheme == "https" ? "wss" : "ws", Path = "/ws" }.Uri;

    public static async Task<HubHost> StartAsync(Action<HubOptions>? configure = null, TestLog? log = null, HttpProtocols protocols = HttpProtocols.Http1, Action<IServiceCollection>? services = null,
        bool directSend = true, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (directSend) listen.UseDirectSend();
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var clock = new TestClock();
        log ??= new();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IHubHistory>(log);
        services?.Invoke(builder.Services);
        builder.Services.AddHub<TestAuthority, TestLog>(configure);
        var app = builder.Build();
        app.MapHub("/ws");
        await app.StartAsync();
        return new(app, clock, log);
    }

    /// <summary>Commits a row and publishes it, as a log tail that never lags.</summary>
    public void Publish(string stream, string channel, string? audience = null, int padding = 0) =>
        Hub.Publish(Log.Commit(stream, channel, audience, padding));

    public Task StopAsync() => _app.StopAsync();

    public async Task<HubClient> ConnectAsync(string? token = "ann/manager", Action<System.Net.WebSockets.ClientWebSocketOptions>? configure = null, HttpMessageInvoker? http = null)
    {
        var client = await HubClient.OpenAsync(Socket, configure, http);
        await client.ExpectAsync("welcome");
        if (token is null) return client;
        await client.SendAsync("auth", $$"""{"token":"{{token}}"}""");
        await client.ExpectAsync("authenticated");
        return client;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
