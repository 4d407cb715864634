using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace ChainSync.Realtime.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Connections_in_all_are_limited_and_a_place_is_given_back()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxConnections = 2);
        await using var first = await host.ConnectAsync();
        var second = await host.ConnectAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ConnectionTests.RefusalAsync(host));

        await second.DisposeAsync();
        await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 1);
        await using var third = await AdmittedAsync(host);
        Assert.Equal(2, host.Hub.Statistics().Connections);
    }

    [Fact]
    public async Task Connections_from_one_address_are_limited()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxConnectionsPerAddress = 2);
        await using var first = await host.ConnectAsync();
        await using var second = await host.ConnectAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, await ConnectionTests.RefusalAsync(host));
        Assert.Equal(1, host.Hub.Statistics().ConnectionsRefused);
    }

    [Fact]
    public async Task Frames_over_the_rate_are_refused_until_time_passes()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxFramesPerMinute = 10);
        await using var client = await host.ConnectAsync();
        for (var i = 0; i < 9; i++)
        {
            await client.SendAsync("ping");
            await client.ExpectAsync("pong");
        }

        await client.SendAsync("ping");
        await client.ExpectErrorAsync("hub.rate-limited");
        host.Clock.Advance(TimeSpan.FromSeconds(6));

        await client.SendAsync("ping");
        await client.ExpectAsync("pong");
        await client.SendAsync("ping");
        await client.ExpectErrorAsync("hub.rate-limited");
    }

    [Fact]
    public async Task A_client_that_never_stops_sending_is_closed_for_good()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxFramesPerMinute = 5);
        await using var client = await host.ConnectAsync();

        for (var i = 0; i < 4 + 5 + 1; i++) await client.SendAsync("ping");

        await client.ExpectCloseAsync(4502);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_message_may_be_as_large_as_the_limit_and_no_larger(int fragments)
    {
        const int limit = 100_000;
        await using var host = await HubHost.StartAsync(o => o.MaxMessageBytes = limit);
        await using var client = await host.ConnectAsync();

        await SendFragmentsAsync(client, Padded(limit), fragments);
        await client.ExpectAsync("pong");
        await SendFragmentsAsync(client, Padded(limit + 1), fragments);

        await client.ExpectCloseAsync(1009);
    }

    [Fact]
    public async Task A_stranger_may_send_sixteen_kilobytes_and_no_more()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync(null);

        await SendFragmentsAsync(client, Padded(16 << 10), 1);
        await client.ExpectAsync("pong");
        await SendFragmentsAsync(client, Padded((16 << 10) + 1), 1);

        await client.ExpectCloseAsync(1009);
    }

    [Theory]
    [InlineData("", "hub.malformed")]
    [InlineData("{", "hub.malformed")]
    [InlineData("[]", "hub.malformed")]
    [InlineData("null", "hub.malformed")]
    [InlineData("{}", "hub.malformed")]
    [InlineData("""{"type":7}""", "hub.malformed")]
    [InlineData("""{"type":"ping"} x""", "hub.malformed")]
    [InlineData("""{"type":"dance"}""", "hub.unknown-type")]
    [InlineData("""{"type":"PING"}""", "hub.unknown-type")]
    public async Task A_frame_that_makes_no_sense_is_answered_and_the_connection_lives(string text, string code)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendRawAsync(text);

        await client.ExpectErrorAsync(code);
        await client.SendRawAsync("""{"future":[1,{"a":2}],"type":"ping","data":7}""");
        await client.ExpectAsync("pong");
    }

    [Fact]
    public async Task Json_may_be_sixteen_deep_and_no_deeper()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendRawAsync(Nested(15));
        await client.ExpectAsync("pong");
        await client.SendRawAsync(Nested(16));
        await client.ExpectErrorAsync("hub.malformed");

        static string Nested(int levels) => $$"""{"type":"ping","x":{{new string('[', levels)}}{{new string(']', levels)}}}""";
    }

    [Fact]
    public async Task Text_that_is_not_utf8_closes_with_1007()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendRawAsync([(byte)'"', 0xC3, 0x28, (byte)'"'], WebSocketMessageType.Text);

        await client.ExpectCloseAsync(1007);
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendRawAsync([1, 2, 3], WebSocketMessageType.Binary);

        await client.ExpectCloseAsync(1003);
    }

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "session=1", HttpStatusCode.Forbidden)]
    [InlineData("https://shop.example.evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("https://shop.example:8443", null, HttpStatusCode.Forbidden)]
    [InlineData("https://shop.example", "session=1", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://SHOP.example", null, HttpStatusCode.SwitchingProtocols)]
    [InlineData("self", "session=1", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, null, HttpStatusCode.SwitchingProtocols)]
    public async Task Only_our_pages_and_programs_without_cookies_may_connect(string? origin, string? cookie, HttpStatusCode expected)
    {
        await using var host = await HubHost.StartAsync(o => o.AllowedOrigins.Add("https://shop.example"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/ws"));
        foreach (var (name, value) in Handshake()) request.Headers.Add(name, value);
        if (origin is not null) request.Headers.Add("Origin", origin == "self" ? host.Address.GetLeftPart(UriPartial.Authority) : origin);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Version", "12", HttpStatusCode.UpgradeRequired)]
    [InlineData("Sec-WebSocket-Key", "c2hvcnQ=", HttpStatusCode.BadRequest)]
    [InlineData("Sec-WebSocket-Key", "?", HttpStatusCode.BadRequest)]
    [InlineData("Upgrade", "h2c", HttpStatusCode.UpgradeRequired)]
    public async Task A_handshake_that_is_none_is_refused(string header, string value, HttpStatusCode expected)
    {
        await using var host = await HubHost.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/ws"));
        foreach (var (name, usual) in Handshake()) request.Headers.Add(name, name == header ? value : usual);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Options_that_make_no_sense_stop_the_start_with_a_sentence()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => HubHost.StartAsync(o =>
        {
            o.MaxConnections = 0;
            o.PongTimeout = o.PingInterval;
            o.RingBytes = o.SendBudgetBytes;
            o.AllowedOrigins.Add("shop.example");
        }));

        Assert.Equal(4, failure.Failures.Count());
    }

    private static IEnumerable<(string, string)> Handshake() =>
        [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")];

    private static byte[] Padded(int bytes)
    {
        const string frame = """{"type":"ping","x":""}""";
        return Encoding.UTF8.GetBytes(frame.Insert(frame.Length - 2, new string('x', bytes - frame.Length)));
    }

    private static async Task SendFragmentsAsync(HubClient client, byte[] message, int fragments)
    {
        var parts = message.Chunk((message.Length + fragments - 1) / fragments).ToList();
        for (var i = 0; i < parts.Count; i++) await client.SendRawAsync(parts[i], WebSocketMessageType.Text, last: i == parts.Count - 1);
    }

    /// <summary>The place is given back a moment after the connection is gone.</summary>
    private static async Task<HubClient> AdmittedAsync(HubHost host)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await host.ConnectAsync();
            }
            catch (WebSocketException) when (attempt < 100)
            {
                await Task.Yield();
            }
        }
    }
}
