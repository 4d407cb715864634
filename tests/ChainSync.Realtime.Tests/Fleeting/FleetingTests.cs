using Microsoft.Extensions.DependencyInjection;

namespace ChainSync.Realtime.Tests.Fleeting;

/// <summary>Events of the moment, through a real server.</summary>
public sealed class FleetingTests
{
    [Fact]
    public async Task What_a_client_publishes_reaches_those_who_follow_and_may_see_it_and_nobody_else()
    {
        await using var host = await StartAsync();
        await using var customer = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await using var whole = await FollowAsync(host, "store:s1", "ann/manager");
        await using var otherShop = await FollowAsync(host, "store:s2", "ann/manager");
        await using var otherChannel = await FollowAsync(host, "orders:s1", "ann/manager");
        await using var otherCustomer = await FollowAsync(host, "store:s1", "eve/customer");

        await PublishAsync(customer, "hello");

        foreach (var client in new[] { staff, whole })
        {
            var frame = await client.NextAsync();
            Assert.Equal("inventory:s1", frame!.Value.GetProperty("channel").GetString());
            Assert.Equal("cyd", frame.Value.GetProperty("data").GetProperty("userId").GetString());
            Assert.Equal("hello", frame.Value.GetProperty("data").GetProperty("words").GetString());
            Assert.False(frame.Value.TryGetProperty("seq", out _));
        }
        foreach (var client in new[] { customer, otherShop, otherChannel, otherCustomer }) await NothingWaitsAsync(client);
    }

    [Fact]
    public async Task Of_a_burst_from_two_tabs_of_one_person_the_first_and_the_newest_come()
    {
        await using var host = await StartAsync();
        await using var tab = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var otherTab = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");

        foreach (var (client, words) in new[] { (tab, "a"), (otherTab, "b"), (tab, "c") })
        {
            await PublishAsync(client, words);
            await NothingWaitsAsync(client);
        }
        await ExpectWordsAsync(staff, "a");
        await NothingWaitsAsync(staff);
        host.Clock.Advance(TimeSpan.FromMilliseconds(250));

        await ExpectWordsAsync(staff, "c");
    }

    [Fact]
    public async Task The_last_word_of_somebody_who_has_left_is_still_heard()
    {
        await using var host = await StartAsync();
        await using var staff = await FollowAsync(host, "inventory:s1", "bob/staff");
        await using (var customer = await FollowAsync(host, "orders:s1", "cyd/customer"))
        {
            await PublishAsync(customer, "a");
            await PublishAsync(customer, "b");
            await NothingWaitsAsync(customer);
        }
        await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 1);
        await ExpectWordsAsync(staff, "a");

        host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        await ExpectWordsAsync(staff, "b");
        host.Clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(0, host.Hub.Feed("s1").Fleeting.Count);
        Assert.Empty(host.Hub.Users.Of("cyd"));
    }

    [Theory]
    [InlineData("""{"event":"test:says","data":{"words":"x"}}""", "hub.invalid")]
    [InlineData("""{"channel":"inventory:s1","data":{"words":"x"}}""", "hub.invalid")]
    [InlineData("""{"channel":"inventory:s1","event":"test:says"}""", "hub.invalid")]
    [InlineData("""{"channel":"inventory:s1","event":"test:says","data":[]}""", "common.invalid")]
    [InlineData("""{"channel":"inventory:s1","event":"test:shouts","data":{}}""", "hub.not-publishable")]
    [InlineData("""{"channel":"inventory:s2","event":"test:says","data":{"words":"x"}}""", "hub.not-subscribed")]
    [InlineData("""{"channel":7,"event":"test:says","data":{"words":"x"}}""", "hub.malformed")]
    public async Task What_may_not_be_published_is_refused_and_the_connection_lives(string data, string code)
    {
        await using var host = await StartAsync();
        await using var client = await FollowAsync(host, "inventory:s1", "bob/staff");

        await client.SendAsync("publish", data);

        await client.ExpectErrorAsync(code);
        await PublishAsync(client, "still here");
        await ExpectWordsAsync(client, "still here");
    }

    [Fact]
    public async Task Nobody_publishes_before_signing_in_and_nobody_at_all_where_the_host_has_no_say()
    {
        await using var host = await StartAsync();
        await using var silent = await HubHost.StartAsync();
        await using var stranger = await host.ConnectAsync(null);
        await using var client = await FollowAsync(silent, "inventory:s1", "bob/staff");

        await PublishAsync(stranger, "x");
        await PublishAsync(client, "x");

        await stranger.ExpectErrorAsync("auth.missing");
        await client.ExpectErrorAsync("hub.not-publishable");
    }

    [Fact]
    public async Task The_data_of_a_publish_may_be_as_large_as_the_limit_and_no_larger()
    {
        const int limit = 1_000;
        await using var host = await StartAsync(o => o.MaxPublishBytes = limit);
        await using var client = await FollowAsync(host, "inventory:s1", "bob/staff");
        var words = new string('x', limit - """{"words":"" }""".Length);

        await PublishAsync(client, words);
        await ExpectWordsAsync(client, words);
        await PublishAsync(client, words + "x");

        await client.ExpectErrorAsync("hub.invalid");
    }

    [Fact]
    public async Task Publishing_has_a_rate_of_its_own_that_leaves_frames_for_the_rest()
    {
        await using var host = await StartAsync(o => o.MaxPublishesPerMinute = 3);
        await using var client = await FollowAsync(host, "inventory:s1", "bob/staff");
        for (var i = 0; i < 3; i++)
        {
            await PublishAsync(client, "x", about: $"{i}");
            await ExpectWordsAsync(client, "x");
        }

        await PublishAsync(client, "x", about: "3");
        await client.ExpectErrorAsync("hub.rate-limited");
        await NothingWaitsAsync(client);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await PublishAsync(client, "x", about: "4");
        await ExpectWordsAsync(client, "x");

        await PublishAsync(client, "x", about: "5");
        await client.ExpectErrorAsync("hub.rate-limited");
    }

    [Fact]
    public async Task Fleeting_events_move_no_position_and_are_not_replayed()
    {
        await using var host = await StartAsync();
        await using var client = await FollowAsync(host, "inventory:s1", "bob/staff");
        host.Publish("s1", "inventory:s1");
        host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", "between"));
        host.Publish("s1", "inventory:s1");

        await client.ExpectEventAsync("inventory:s1", 1);
        await ExpectWordsAsync(client, "between");
        await client.ExpectEventAsync("inventory:s1", 2);
        await client.SendAsync("ping");
        Assert.Equal(2, (await client.ExpectAsync("pong")).GetProperty("positions").GetProperty("inventory:s1").GetInt64());
        await using var back = await host.ConnectAsync("bob/staff");
        await back.SubscribeAsync("inventory:s1", since: 0);

        await back.ExpectAsync("subscribed");
        await back.ExpectEventAsync("inventory:s1", 1);
        await back.ExpectEventAsync("inventory:s1", 2);
        await back.ExpectAsync("heartbeat");
        await NothingWaitsAsync(back);
    }

    [Fact]
    public async Task Nothing_overtakes_the_subscribed_of_its_channel_or_follows_its_end()
    {
        var reading = new TaskCompletionSource();
        var mayRead = new TaskCompletionSource();
        await using var host = await StartAsync(o => o.RingEvents = 1);
        for (var i = 0; i < 3; i++) host.Publish("s1", "inventory:s1");
        host.Log.BeforeRead = () =>
        {
            reading.TrySetResult();
            return mayRead.Task;
        };
        await using var client = await host.ConnectAsync("bob/staff");
        await client.SubscribeAsync("inventory:s1", since: 0);
        await reading.Task;

        host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", "too early"));
        host.Hub.SendToUser("bob", TestPublishing.Says("inventory:s1", "eve", "too early for him"));
        mayRead.SetResult();

        await client.ExpectAsync("subscribed");
        for (var seq = 1; seq <= 3; seq++) await client.ExpectEventAsync("inventory:s1", seq);
        await client.ExpectAsync("heartbeat");
        await client.SendAsync("unsubscribe", """{"channel":"inventory:s1"}""");
        await client.ExpectAsync("unsubscribed");
        host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", "too late"));
        await NothingWaitsAsync(client);
    }

    [Fact]
    public async Task What_is_sent_to_a_user_reaches_all_of_their_connections_that_may_see_it()
    {
        await using var host = await StartAsync();
        await using var phone = await host.ConnectAsync("cyd/customer");
        await using var desk = await FollowAsync(host, "orders:s1", "cyd/customer");
        await using var other = await FollowAsync(host, "orders:s1", "eve/customer");

        host.Hub.SendToUser("cyd", TestPublishing.Says("orders:s1", "ann", "for you", audience: "cyd"));
        host.Hub.SendToUser("cyd", TestPublishing.Says("orders:s1", "ann", "not yours", audience: "eve"));
        host.Hub.SendToUser("cyd", TestPublishing.Says("orders:s1", "ann", "nobody's", audience: "crash"));
        host.Hub.SendToUser("nobody", TestPublishing.Says("orders:s1", "ann", "lost"));

        foreach (var client in new[] { phone, desk })
        {
            await ExpectWordsAsync(client, "for you");
            await NothingWaitsAsync(client);
        }
        await NothingWaitsAsync(other);
    }

    [Fact]
    public async Task A_filter_that_fails_withholds_that_event_only()
    {
        await using var host = await StartAsync();
        await using var client = await FollowAsync(host, "inventory:s1", "bob/staff");

        host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", "secret", audience: "crash"));
        host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", "public"));

        await ExpectWordsAsync(client, "public");
    }

    [Fact]
    public async Task A_reader_without_room_loses_what_is_fleeting_and_nothing_else()
    {
        const int budget = 256 << 10;
        await using var host = await StartAsync(o => (o.SendBudgetBytes, o.RingBytes, o.PingInterval) = (budget, 64 << 10, TimeSpan.FromDays(365)));
        await using var slow = await FollowAsync(host, "inventory:s1", "bob/staff");
        var words = new string('x', 8 << 10);
        // More than the kernel takes on both sides of a loopback connection together.
        for (var i = 0; i < 3_000; i++) host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", words));
        Assert.InRange(host.Hub.Statistics().QueuedBytes, 0, (budget / 4) + words.Length);
        for (var i = 0; i < 3; i++) host.Publish("s1", "inventory:s1");

        var (fleeting, lasting) = (0, 0);
        while (lasting < 3 && await slow.NextAsync() is { } frame)
        {
            if (frame.TryGetProperty("seq", out var seq)) Assert.Equal(++lasting, seq.GetInt64());
            else fleeting++;
        }

        Assert.InRange(fleeting, 1, 2_999);
        Assert.Empty(host.Hub.Statistics().Closes);
        Assert.Equal(0, host.Log.Reads);
        await NothingWaitsAsync(slow);
    }

    private static Task<HubHost> StartAsync(Action<HubOptions>? configure = null) =>
        HubHost.StartAsync(configure, services: s => s.AddSingleton<IHubPublishing, TestPublishing>());

    private static async Task<HubClient> FollowAsync(HubHost host, string channel, string token)
    {
        var client = await host.ConnectAsync(token + "/999999999");
        await client.SubscribeAsync(channel);
        await client.ExpectAsync("subscribed");
        return client;
    }

    private static Task PublishAsync(HubClient client, string words, string? about = null)
    {
        var subject = about is null ? "" : $",\"about\":\"{about}\"";
        return client.SendAsync("publish", $$"""{"channel":"inventory:s1","event":"test:says","data":{"words":"{{words}}"{{subject}} } }""");
    }

    private static async Task ExpectWordsAsync(HubClient client, string words) =>
        Assert.Equal(words, (await client.ExpectAsync("test:says")).GetProperty("words").GetString());

    /// <summary>Frames keep their order, so what was sent before the ping would come before its answer.</summary>
    private static async Task NothingWaitsAsync(HubClient client)
    {
        await client.SendAsync("ping");
        await client.ExpectAsync("pong");
    }
}
