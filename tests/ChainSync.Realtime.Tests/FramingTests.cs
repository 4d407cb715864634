using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using ChainSync.Realtime.Tests.Wire;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChainSync.Realtime.Tests;

/// <summary>Frames on the line itself. The clock stands still, so a connection that ends has been ended by what was sent.</summary>
public sealed class FramingTests
{
    private const byte Text = 0x81;
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;
    private const byte Close = 0x88;

    [Fact]
    public async Task Frames_in_one_packet_with_the_request_are_not_lost()
    {
        await using var host = await HubHost.StartAsync();
        byte[] frames = [.. ClientFrames.Of(Text, """{"type":"auth","data":{"token":"ann/manager"}}"""u8), .. ClientFrames.Of(Text, """{"type":"ping"}"""u8)];
        await using var line = await RawClient.OpenAsync(host, null, frames);

        foreach (var type in new[] { "welcome", "authenticated", "pong" })
            Assert.Contains($"\"{type}\"", Encoding.UTF8.GetString((await line.ReadAsync()).Payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload_also_inside_a_message()
    {
        await using var host = await HubHost.StartAsync();
        await using var line = await RawClient.OpenAsync(host, null);
        await line.ReadAsync();

        await line.SendRawAsync([.. ClientFrames.Of(0x01, """{"type":"""u8), .. ClientFrames.Of(Ping, "still there?"u8)]);
        var (first, payload) = await line.ReadFrameAsync();
        Assert.Equal((Pong, "still there?"), (first, Encoding.UTF8.GetString(payload)));

        await line.SendRawAsync(ClientFrames.Of(0x80, "\"ping\"}"u8));
        Assert.Contains("pong", Encoding.UTF8.GetString((await line.ReadAsync()).Payload), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x82, "{}", 1003)] // binary
    [InlineData(0x81, "\u00ff", 1007)] // not UTF-8, as it is sent in Latin-1
    public async Task What_is_refused_is_told_why_and_the_clients_answer_ends_it(byte first, string latin, int code)
    {
        await using var host = await HubHost.StartAsync();
        await using var line = await RawClient.OpenAsync(host, null);

        await line.SendRawAsync(ClientFrames.Of(first, Encoding.Latin1.GetBytes(latin)));
        await line.ExpectCloseAsync(code);
        await line.SendRawAsync(ClientFrames.Of(Close, [(byte)(code >> 8), (byte)code]));

        await line.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task A_breach_of_the_protocol_is_told_and_nothing_after_it_is_heard()
    {
        await using var host = await HubHost.StartAsync();
        await using var line = await RawClient.OpenAsync(host, null);
        byte[] unmasked = [Text, 2, (byte)'{', (byte)'}'];

        await line.SendRawAsync([.. unmasked, .. ClientFrames.Of(Text, """{"type":"auth","data":{"token":"ann/manager"}}"""u8)]);

        await line.ExpectCloseAsync(1002);
        Assert.Equal(0, host.Hub.Statistics().FramesReceived);
    }

    [Fact]
    public async Task A_close_is_answered_with_its_code_and_ends_the_connection()
    {
        await using var host = await HubHost.StartAsync();
        await using var line = await RawClient.OpenAsync(host, null);

        await line.SendRawAsync(ClientFrames.Of(Close, [0x0F, 0xA0]));

        await line.ExpectCloseAsync(4000);
        await line.ExpectNothingMoreAsync();
        await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 0);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, true)]
    [InlineData(HttpProtocols.Http1, false)]
    [InlineData(HttpProtocols.Http2, true)]
    [InlineData(HttpProtocols.Http2, false)]
    public async Task Behind_tls_large_messages_pass_both_ways(HttpProtocols protocols, bool directSend)
    {
        using var certificate = DirectSendTests.SelfSigned();
        await using var host = await HubHost.StartAsync(protocols: protocols, directSend: directSend, certificate: certificate);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() } };
        using var http = new HttpMessageInvoker(handler);
        await using var client = await host.ConnectAsync(configure: Over(protocols), http: http);
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        await client.SendRawAsync($$"""{"type":"ping","data":"{{new string('x', 500_000)}}"}""");
        await client.ExpectAsync("pong");
        host.Publish("s1", "orders:s1", padding: 500_000);
        await client.ExpectEventAsync("orders:s1", 1);
        host.Hub.Disconnect("ann", HubCloseCode.RightsChanged, "the role changed");

        await client.ExpectCloseAsync(4006);
    }

    private static Action<ClientWebSocketOptions> Over(HttpProtocols protocols) => o =>
        (o.HttpVersion, o.HttpVersionPolicy) = (protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
}
