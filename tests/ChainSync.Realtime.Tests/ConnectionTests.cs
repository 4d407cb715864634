using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChainSync.Realtime.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_token_in_the_first_frame_or_in_the_header_signs_in()
    {
        await using var host = await HubHost.StartAsync();
        await using var byFrame = await host.ConnectAsync(null);
        await using var byHeader = await host.ConnectAsync(null, o => o.SetRequestHeader("Authorization", "Bearer bob/staff"));

        await byFrame.SendAsync("auth", """{"token":"ann/manager"}""");

        var ann = await byFrame.ExpectAsync("authenticated");
        Assert.Equal("ann", ann.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal("manager", ann.GetProperty("user").GetProperty("role").GetString());
        Assert.Equal(TestClock.Start.AddSeconds(900), ann.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal(900_000, ann.GetProperty("expiresInMs").GetInt64());
        Assert.Equal("bob", (await byHeader.ExpectAsync("authenticated")).GetProperty("user").GetProperty("id").GetString());
        Assert.Equal((2, 2, 2), (host.Hub.Statistics().Connections, host.Hub.Statistics().Authenticated, host.Hub.Statistics().Users));
    }

    [Theory]
    [InlineData("nonsense", 4500)]
    [InlineData("", 4500)]
    [InlineData("ann/manager/-1", 4003)]
    [InlineData("crash/manager", 4005)]
    public async Task A_token_that_is_no_good_closes_with_its_own_code(string token, int code)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync(null);

        await client.SendAsync("auth", $$"""{"token":"{{token}}"}""");

        await client.ExpectCloseAsync(code);
    }

    [Fact]
    public async Task A_bad_token_in_the_header_is_refused_before_the_upgrade()
    {
        await using var host = await HubHost.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(host, o => o.SetRequestHeader("Authorization", "Bearer nonsense")));
    }

    [Fact]
    public async Task Before_signing_in_nothing_but_ping_is_served()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync(null);

        await client.SubscribeAsync("orders:s1");
        await client.ExpectErrorAsync("auth.missing");
        await client.SendAsync("ping");

        await client.ExpectAsync("pong");
    }

    [Fact]
    public async Task No_auth_in_time_closes_and_in_time_does_not()
    {
        await using var host = await HubHost.StartAsync();
        await using var silent = await host.ConnectAsync(null);
        await using var late = await host.ConnectAsync(null);

        host.Clock.Advance(TimeSpan.FromSeconds(9.5));
        await late.SendAsync("auth", """{"token":"ann/manager"}""");
        await late.ExpectAsync("authenticated");
        host.Clock.Advance(TimeSpan.FromSeconds(0.5));

        await silent.ExpectCloseAsync(4004);
        await late.SendAsync("ping");
        await late.ExpectAsync("pong");
    }

    [Fact]
    public async Task An_expired_token_closes_after_the_grace_unless_refreshed()
    {
        await using var host = await HubHost.StartAsync(o => (o.PingInterval, o.PongTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)));
        await using var expiring = await host.ConnectAsync("ann/manager/60");
        await using var refreshed = await host.ConnectAsync("ann/manager/60");

        host.Clock.Advance(TimeSpan.FromSeconds(84));
        await refreshed.SendAsync("auth", """{"token":"ann/manager/60"}""");
        await refreshed.ExpectAsync("authenticated");
        await expiring.SendAsync("ping");
        await expiring.ExpectAsync("pong");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await expiring.ExpectCloseAsync(4003);
        await refreshed.SendAsync("ping");
        await refreshed.ExpectAsync("pong");
    }

    [Fact]
    public async Task A_refresh_for_another_user_closes()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync("ann/manager");

        await client.SendAsync("auth", """{"token":"bob/manager"}""");

        await client.ExpectCloseAsync(4501);
    }

    [Fact]
    public async Task A_refresh_with_fewer_rights_drops_what_they_no_longer_allow()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync("ann/manager");
        await client.SubscribeAsync("payments:s1");
        await client.ExpectAsync("subscribed");
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        await client.SendAsync("auth", """{"token":"ann/staff"}""");
        await client.ExpectAsync("authenticated");
        Assert.Equal("payments:s1", (await client.ExpectAsync("unsubscribed")).GetProperty("channel").GetString());
        host.Publish("s1", "payments:s1");
        host.Publish("s1", "orders:s1");

        await client.ExpectEventAsync("orders:s1", 2);
    }

    [Fact]
    public async Task What_former_rights_let_through_comes_before_the_answer_to_the_token_that_ends_them()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync("ann/manager");
        await client.SubscribeAsync("store:s1");
        await client.ExpectAsync("subscribed");
        using var allowed = new SemaphoreSlim(0);
        using var answered = new ManualResetEventSlim();
        host.Authority.Allowing = () =>
        {
            allowed.Release();
            // In vain where the answer waits its turn; just so long that a hasty one would be here.
            answered.Wait(TimeSpan.FromMilliseconds(250));
        };

        var publishing = Task.Run(() => host.Publish("s1", "payments:s1"));
        await allowed.WaitAsync(TestContext.Current.CancellationToken);
        host.Authority.Allowing = null;
        await client.SendAsync("auth", """{"token":"ann/staff"}""");
        var first = (await client.NextAsync())!.Value;
        answered.Set();
        await publishing;

        Assert.Equal("payments:s1", first.GetProperty("channel").GetString());
        Assert.Equal("staff", (await client.ExpectAsync("authenticated")).GetProperty("user").GetProperty("role").GetString());
        host.Publish("s1", "payments:s1");
        host.Publish("s1", "orders:s1");
        await client.ExpectEventAsync("orders:s1", 3);
    }

    [Fact]
    public async Task A_revoked_user_is_closed_everywhere_and_others_stay()
    {
        await using var host = await HubHost.StartAsync();
        await using var first = await host.ConnectAsync("ann/manager");
        await using var second = await host.ConnectAsync("ann/manager");
        await using var other = await host.ConnectAsync("bob/manager");

        Assert.Equal(2, host.Hub.Disconnect("ann", HubCloseCode.Revoked, "signed out"));

        await first.ExpectCloseAsync(4503);
        await second.ExpectCloseAsync(4503);
        await other.SendAsync("ping");
        await other.ExpectAsync("pong");
    }

    [Fact]
    public async Task Who_is_revoked_is_closed_at_the_next_look_and_others_stay()
    {
        await using var host = await HubHost.StartAsync();
        await using var revoked = await host.ConnectAsync("ann/manager");
        await using var other = await host.ConnectAsync("bob/manager");

        host.Authority.Revoke("ann");
        host.Clock.Advance(TimeSpan.FromSeconds(0.25));

        await revoked.ExpectCloseAsync(4503);
        await other.SendAsync("ping");
        await other.ExpectAsync("pong");
    }

    [Fact]
    public async Task A_heartbeat_says_how_far_each_channel_is_and_silence_after_it_closes()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        host.Publish("s1", "products:s1");
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        var heartbeat = await client.ExpectAsync("heartbeat");

        Assert.Equal(1, heartbeat.GetProperty("positions").GetProperty("orders:s1").GetInt64());
    }

    [Fact]
    public async Task A_peer_that_answers_pings_stays_and_one_that_does_not_is_closed()
    {
        await using var host = await HubHost.StartAsync();
        await using var reading = await host.ConnectAsync();
        await using var deaf = await host.ConnectAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await reading.ExpectAsync("heartbeat");
        await reading.SendAsync("ping");
        await reading.ExpectAsync("pong");
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await deaf.ExpectCloseAsync(4002);
        await reading.SendAsync("ping");
        await reading.ExpectAsync("pong");
    }

    [Fact]
    public async Task A_peer_that_vanished_without_a_word_is_cut_after_the_close_timeout()
    {
        await using var host = await HubHost.StartAsync();
        await using var deaf = await host.ConnectAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(1, host.Hub.Statistics().Connections);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 0);
    }

    [Fact]
    public async Task A_client_that_closes_gets_its_code_back_and_leaves_nothing_behind()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.Socket.CloseStatus);
        await Eventually.IsAsync(() => host.Hub.Statistics() is { Connections: 0, Subscriptions.Count: 0 });
    }

    [Fact]
    public async Task Draining_tells_clients_when_to_come_back_and_admits_nobody()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var drained = host.Hub.DrainAsync(CancellationToken.None);

        Assert.InRange((await client.ExpectAsync("reconnect")).GetProperty("afterMs").GetInt64(), 0, 5_000);
        await client.ExpectCloseAsync(4000);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusalAsync(host));
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await drained;
        Assert.Equal(0, host.Hub.Statistics().Connections);
    }

    [Fact]
    public async Task A_stopping_host_drains_in_batches_and_cuts_those_that_stay()
    {
        await using var host = await HubHost.StartAsync(o => o.DrainBatch = 1);
        await using var first = await host.ConnectAsync();
        await using var second = await host.ConnectAsync();

        var stopped = host.StopAsync();
        await Eventually.IsAsync(() => host.Hub.IsDraining);
        var told = await Task.WhenAny(first.ExpectCloseAsync(4000), second.ExpectCloseAsync(4000));
        await told;
        host.Clock.Advance(TimeSpan.FromSeconds(25));

        await stopped;
        Assert.Equal(0, host.Hub.Statistics().Connections);
    }

    [Fact]
    public async Task Over_http2_the_hub_is_the_same()
    {
        await using var host = await HubHost.StartAsync(protocols: HttpProtocols.Http2);
        using var handler = new SocketsHttpHandler();
        using var http = new HttpMessageInvoker(handler);
        await using var client = await host.ConnectAsync("ann/manager", o => (o.HttpVersion, o.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact), http);
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        host.Publish("s1", "orders:s1", padding: 100_000);
        await client.ExpectEventAsync("orders:s1", 1);
        host.Hub.Disconnect("ann", HubCloseCode.RightsChanged, "the role changed");

        await client.ExpectCloseAsync(4006);
    }

    internal static async Task<HttpStatusCode> RefusalAsync(HubHost host, Action<ClientWebSocketOptions>? configure = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(host.Socket, CancellationToken.None));
        return socket.HttpStatusCode;
    }
}
