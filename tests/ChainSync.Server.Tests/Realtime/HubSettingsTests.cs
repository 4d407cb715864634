using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Realtime;

/// <summary>What the environment's names do to the running server.</summary>
public sealed class HubSettingsTests
{
    [Fact]
    public async Task Connections_are_limited_where_the_name_says_and_refused_before_the_upgrade()
    {
        await using var host = await ApiHost.StartAsync(settings: ("WS_MAX_CONNECTIONS", "2"));
        using var first = await OpenAsync(host.Address, "/ws");
        using var second = await OpenAsync(host.Address, "/ws");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusalAsync(host.Address, "/ws"));
    }

    [Fact]
    public async Task The_hub_has_one_more_path_and_keeps_its_own()
    {
        await using var host = await ApiHost.StartAsync(settings: ("WEBSOCKET_PATH", "/live"));

        foreach (var path in new[] { "/live", "/ws", "/ws/notifications", "/api/ws" }) (await OpenAsync(host.Address, path)).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(host.Address, "/api/other"));
    }

    [Fact]
    public async Task Switched_off_it_is_not_there_and_says_so()
    {
        await using var host = await ApiHost.StartAsync(settings: ("WS_ENABLED", "false"));
        using var guest = host.Anonymous();

        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(host.Address, "/ws"));
        foreach (var path in new[] { "/api/ws", "/api/ws/info" })
            Assert.False((await ApiAnswer.OfAsync(await guest.GetAsync(path))).Json.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_foreign_page_connects_only_from_an_allowed_origin(string origin, bool allowed)
    {
        await using var host = await ApiHost.StartAsync(settings: [("ALLOWED_ORIGINS", "https://other.example,https://shop.example"), ("Hub:AllowedOrigins:0", "https://evil.example")]);

        Assert.Equal(allowed ? null : HttpStatusCode.Forbidden, await RefusalAsync(host.Address, "/ws", s => s.SetRequestHeader("Origin", origin)));
    }

    [Fact]
    public async Task Compression_is_off_unless_the_name_turns_it_on()
    {
        await using var off = await ApiHost.StartAsync();
        await using var on = await ApiHost.StartAsync(settings: ("WEBSOCKET_ENABLE_COMPRESSION", "1"));

        Assert.Null(await ExtensionsAsync(off));
        Assert.StartsWith("permessage-deflate", await ExtensionsAsync(on), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_its_own_has_the_hub_and_nothing_else()
    {
        var port = FreePort();
        await using var host = await ApiHost.StartAsync(settings: ("WS_PORT", port.ToString(CultureInfo.InvariantCulture)));
        var own = new UriBuilder(host.Address) { Port = port }.Uri;
        using var there = new HttpClient { BaseAddress = own };
        using var main = host.Anonymous();

        (await OpenAsync(own, "/ws")).Dispose();
        (await OpenAsync(host.Address, "/ws")).Dispose();
        Assert.Equal(port, (await ApiAnswer.OfAsync(await there.GetAsync("/api/ws/info"))).Json.GetProperty("port").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync("/openapi/v1.json")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await main.GetAsync("/openapi/v1.json")).StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<ClientWebSocket> OpenAsync(Uri server, string path)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path }.Uri, CancellationToken.None);
        return socket;
    }

    private static async Task<string?> ExtensionsAsync(ApiHost host)
    {
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientContextTakeover = false, ServerContextTakeover = false };
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None);
        return socket.HttpResponseHeaders!.TryGetValue("Sec-WebSocket-Extensions", out var values) ? values.Single() : null;
    }

    // The status that the handshake was refused with, or null when it was not.
    private static async Task<HttpStatusCode?> RefusalAsync(Uri server, string path, Action<ClientWebSocketOptions>? configure = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path }.Uri, CancellationToken.None);
            return null;
        }
        catch (WebSocketException)
        {
            return socket.HttpStatusCode;
        }
    }
}
