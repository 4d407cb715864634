using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSync.Realtime.Tests.Presence;

/// <summary>Presence through a real server: whatever ends a connection, the person leaves once, after the delay.</summary>
public sealed class PresenceTests
{
    private const string Lasting = "/999999999";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);

    public static TheoryData<int> Seeds => [1, 20_260_302, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Fact]
    public async Task A_follower_is_told_who_is_there_right_after_subscribed_and_then_who_comes()
    {
        await using var host = await StartAsync();
        await using var early = await FollowAsync(host, "inventory:s1", "bob/staff");
        await ExpectStateAsync(early);

        await using var cyd = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var eve = await FollowAsync(host, "orders:s1", "eve/customer");
        host.Clock.Advance(Sweep);
        await using var late = await FollowAsync(host, "store:s1", "ann/manager");

        await ExpectAsync(early, "test:came", "cyd", 2);
        await ExpectAsync(early, "test:came", "eve", 2);
        await ExpectStateAsync(late, "eve", "cyd");
        await NothingWaitsAsync(cyd);
        Assert.Equal(["eve", "cyd"], host.Hub.Present("s1").Listed.Select(u => u.Id));
        Assert.Equal(0, host.Hub.Present("s2").Online);
    }

    [Fact]
    public async Task Two_tabs_are_one_person_and_the_last_one_counts()
    {
        await using var host = await StartAsync();
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await ExpectStateAsync(staff);
        await using var first = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var second = await FollowAsync(host, "products:s1", "cyd/customer");
        host.Clock.Advance(Sweep);
        await ExpectAsync(staff, "test:came", "cyd", 1);

        await CutAsync(host, first);
        host.Clock.Advance(Delay);
        await NothingWaitsAsync(staff);
        await CutAsync(host, second);
        host.Clock.Advance(Delay);

        await ExpectAsync(staff, "test:left", "cyd", 0);
    }

    [Fact]
    public async Task A_reconnect_is_not_a_departure_and_an_unsubscribe_in_the_end_is()
    {
        await using var host = await StartAsync();
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await ExpectStateAsync(staff);
        await using var phone = await FollowAsync(host, "orders:s1", "cyd/customer");
        host.Clock.Advance(Sweep);
        await ExpectAsync(staff, "test:came", "cyd", 1);

        await CutAsync(host, phone);
        host.Clock.Advance(Delay - Sweep);
        await using var back = await FollowAsync(host, "orders:s1", "cyd/customer");
        host.Clock.Advance(Delay);
        await NothingWaitsAsync(staff);
        await back.SubscribeAsync("orders:s1");
        await back.ExpectAsync("subscribed");
        host.Clock.Advance(Delay);
        await NothingWaitsAsync(staff);
        await back.SendAsync("unsubscribe", """{"channel":"orders:s1"}""");
        await back.ExpectAsync("unsubscribed");
        host.Clock.Advance(Delay);

        await ExpectAsync(staff, "test:left", "cyd", 0);
    }

    [Fact]
    public async Task A_revoked_session_leaves_after_the_delay()
    {
        await using var host = await StartAsync();
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await using var customer = await FollowAsync(host, "orders:s1", "cyd/customer");
        await ExpectStateAsync(staff);
        host.Clock.Advance(Sweep);
        await ExpectAsync(staff, "test:came", "cyd", 1);

        host.Authority.Revoke("cyd");
        host.Clock.Advance(Sweep);
        await customer.ExpectCloseAsync(4503);
        await CutAsync(host, customer);
        host.Clock.Advance(Delay);

        await ExpectAsync(staff, "test:left", "cyd", 0);
    }

    [Fact]
    public async Task A_peer_that_no_longer_answers_leaves_after_ping_close_and_delay()
    {
        await using var host = await StartAsync(o => (o.PingInterval, o.PongTimeout, o.CloseTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await ExpectStateAsync(staff);
        await using var dead = await RawClient.OpenAsync(host, null); // answers no ping
        await dead.SendAsync("""{"type":"auth","data":{"token":"cyd/customer/999999999"}}"""u8.ToArray());
        await dead.SendAsync("""{"type":"subscribe","data":{"channel":"orders:s1"}}"""u8.ToArray());
        await Eventually.IsAsync(() => host.Hub.Statistics().Subscriptions.GetValueOrDefault("orders") == 1);
        host.Clock.Advance(Sweep);
        await ExpectAsync(staff, "test:came", "cyd", 1);

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await staff.ExpectAsync("heartbeat"); // and its protocol ping, answered on the way
        await NothingWaitsAsync(staff);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, host.Hub.Present("s1").Online);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await GoneAsync(host, 1);
        host.Clock.Advance(Delay);

        await ExpectAsync(staff, "test:left", "cyd", 0);
    }

    [Fact]
    public async Task A_drain_leaves_nobody_behind()
    {
        await using var host = await StartAsync();
        await using var crowd = new Crowd();
        for (var i = 0; i < 30; i++) crowd.Add(await FollowAsync(host, "orders:s1", $"user{i}/customer"));
        host.Clock.Advance(Sweep);
        Assert.Equal(30, host.Hub.Present("s1").Online);

        var drained = host.Hub.DrainAsync(CancellationToken.None);
        foreach (var client in crowd) await client.ExpectCloseAsync(4000);
        await crowd.DisposeAsync();
        await drained;
        Assert.Equal(30, host.Hub.Present("s1").Online);
        host.Clock.Advance(Delay);

        Assert.Equal(0, host.Hub.Present("s1").Online);
    }

    [Fact]
    public async Task A_token_that_no_longer_counts_ends_the_presence_and_one_that_does_begins_it()
    {
        await using var host = await StartAsync();
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await using var person = await FollowAsync(host, "orders:s1", "cyd/customer");
        await ExpectStateAsync(staff);
        host.Clock.Advance(Sweep);
        await ExpectAsync(staff, "test:came", "cyd", 1);

        await person.SendAsync("auth", """{"token":"cyd/staff/999999999"}""");
        await person.ExpectAsync("authenticated");
        await NothingWaitsAsync(person);
        host.Clock.Advance(Delay);
        await ExpectAsync(staff, "test:left", "cyd", 0);
        await person.SendAsync("auth", """{"token":"cyd/customer/999999999"}""");
        await person.ExpectAsync("authenticated");
        await NothingWaitsAsync(person);
        host.Clock.Advance(Sweep);

        await ExpectAsync(staff, "test:came", "cyd", 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whoever_comes_and_goes_however_followers_know_who_is_there(int seed)
    {
        var random = new Random(seed);
        await using var host = await StartAsync(o => (o.PresenceBurst, o.PingInterval) = (3, TimeSpan.FromDays(365)));
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await using var crowd = new Crowd();
        var sockets = new List<(HubClient Client, string User)>();
        var leftAt = new Dictionary<string, DateTimeOffset>();
        var known = new HashSet<string>();
        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1 when sockets.Count < 12:
                    var user = $"user{random.Next(6)}";
                    var socket = await FollowAsync(host, random.Next(2) == 0 ? "orders:s1" : "store:s1", $"{user}/customer");
                    crowd.Add(socket);
                    sockets.Add((socket, user));
                    break;
                case 2 when sockets.Count > 0:
                    var (client, leaver) = sockets[random.Next(sockets.Count)];
                    sockets.Remove((client, leaver));
                    await CutAsync(host, client);
                    if (sockets.All(s => s.User != leaver)) leftAt[leaver] = host.Clock.GetUtcNow();
                    break;
                default:
                    host.Clock.Advance(Sweep * random.Next(1, 30));
                    await ReadAllAsync(staff, known);
                    var expected = sockets.Select(s => s.User).ToHashSet();
                    expected.UnionWith(leftAt.Where(l => host.Clock.GetUtcNow() - l.Value < Delay).Select(l => l.Key));
                    Assert.True(expected.SetEquals(known), $"seed {seed}, step {step}: [{string.Join(' ', known)}] instead of [{string.Join(' ', expected)}]");
                    Assert.Equal(expected.Count, host.Hub.Present("s1").Online);
                    break;
            }
        }
    }

    private static Task<HubHost> StartAsync(Action<HubOptions>? configure = null) =>
        HubHost.StartAsync(o =>
        {
            (o.AuthTimeout, o.PingInterval, o.MaxFramesPerMinute, o.MaxConnectionsPerAddress) = (TimeSpan.FromDays(365), TimeSpan.FromDays(365), int.MaxValue, int.MaxValue);
            configure?.Invoke(o);
        }, services: s => s.AddSingleton<IHubPresence, TestPresence>());

    private static async Task<HubClient> FollowAsync(HubHost host, string channel, string token)
    {
        var client = await host.ConnectAsync(token + Lasting);
        await client.SubscribeAsync(channel);
        await client.ExpectAsync("subscribed");
        return client;
    }

    /// <summary>Cuts the line without a word, and waits until the server has noticed.</summary>
    private static async Task CutAsync(HubHost host, HubClient client)
    {
        var open = host.Hub.Statistics().Connections;
        await client.DisposeAsync();
        await GoneAsync(host, open - 1);
    }

    private static Task GoneAsync(HubHost host, int left) => Eventually.IsAsync(() => host.Hub.Statistics().Connections == left);

    private static async Task ExpectAsync(HubClient client, string type, string userId, int online)
    {
        var data = await client.ExpectAsync(type);
        Assert.Equal((userId, online), (data.GetProperty("userId").GetString(), data.GetProperty("online").GetInt32()));
    }

    private static async Task ExpectStateAsync(HubClient client, params string[] users)
    {
        var data = await client.ExpectAsync("test:there");
        Assert.Equal(users, data.GetProperty("users").EnumerateArray().Select(u => u.GetString()));
        Assert.Equal(users.Length, data.GetProperty("online").GetInt32());
    }

    private static async Task NothingWaitsAsync(HubClient client)
    {
        await client.SendAsync("ping");
        await client.ExpectAsync("pong");
    }

    /// <summary>Clients that go before their host does, also when a test fails: its clock stands still, so it would wait for them.</summary>
    private sealed class Crowd : List<HubClient>, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var client in this) await client.DisposeAsync();
        }
    }

    private static async Task ReadAllAsync(HubClient client, HashSet<string> known)
    {
        await client.SendAsync("ping");
        while (await client.NextAsync() is { } frame && frame.GetProperty("type").GetString() != "pong") PresenceRoomTests.Follow(known, frame);
    }
}
