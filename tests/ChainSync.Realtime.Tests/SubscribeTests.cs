namespace ChainSync.Realtime.Tests;

public sealed class SubscribeTests
{
    [Fact]
    public async Task An_event_reaches_exactly_those_who_follow_its_channel()
    {
        await using var host = await HubHost.StartAsync();
        await using var follower = await host.ConnectAsync();
        await using var other = await host.ConnectAsync();
        await follower.SubscribeAsync("orders:s1");
        await follower.ExpectAsync("subscribed");
        await other.SubscribeAsync("products:s1");
        await other.ExpectAsync("subscribed");

        host.Publish("s1", "orders:s1");
        host.Publish("s1", "products:s1");

        await follower.ExpectEventAsync("orders:s1", 1);
        await other.ExpectEventAsync("products:s1", 2);
    }

    [Fact]
    public async Task A_namespace_means_its_channel_in_every_shop_and_ends_as_one()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync("subscribe", """{"namespace":"orders"}""");

        Assert.Equal("orders:s1", (await client.ExpectAsync("subscribed")).GetProperty("channel").GetString());
        Assert.Equal("orders:s2", (await client.ExpectAsync("subscribed")).GetProperty("channel").GetString());
        host.Publish("s2", "orders:s2");
        await client.ExpectEventAsync("orders:s2", 1);
        await client.SendAsync("unsubscribe", """{"namespace":"orders"}""");
        await client.ExpectAsync("unsubscribed");
        await client.ExpectAsync("unsubscribed");
        host.Publish("s2", "orders:s2");
        await client.SendAsync("ping");
        await client.ExpectAsync("pong");
    }

    [Fact]
    public async Task A_whole_stream_arrives_in_log_order_without_what_the_user_may_not_see()
    {
        await using var host = await HubHost.StartAsync();
        await using var staff = await host.ConnectAsync("bob/staff");
        await staff.SubscribeAsync("store:s1");
        await staff.ExpectAsync("subscribed");

        host.Hub.Publish(host.Log.Commit("s1", seq => [
            TestLog.Event("orders:s1", seq),
            TestLog.Event("payments:s1", seq),
            TestLog.Event("inventory:s1", seq),
            TestLog.Event("inventory:s1", seq, part: 1)]));
        host.Publish("s1", "products:s1");

        await staff.ExpectEventAsync("orders:s1", 1);
        await staff.ExpectEventAsync("inventory:s1", 1);
        await staff.ExpectEventAsync("inventory:s1", 1, part: 1);
        await staff.ExpectEventAsync("products:s1", 2);
    }

    [Fact]
    public async Task The_filter_holds_for_live_ring_and_history_frames()
    {
        await using var host = await HubHost.StartAsync(o => o.RingEvents = 2);
        for (var i = 0; i < 3; i++)
        {
            host.Publish("s1", "orders:s1", "ann");
            host.Publish("s1", "orders:s1", "eve");
        }
        await using var ann = await host.ConnectAsync("ann/customer");

        await ann.SubscribeAsync("orders:s1", since: 0);
        await ann.ExpectAsync("subscribed");
        await ann.ExpectEventAsync("orders:s1", 1);
        await ann.ExpectEventAsync("orders:s1", 3);
        await ann.ExpectEventAsync("orders:s1", 5);
        await ann.ExpectAsync("heartbeat");
        host.Publish("s1", "orders:s1", "eve");
        host.Publish("s1", "orders:s1", "ann");

        await ann.ExpectEventAsync("orders:s1", 8);
    }

    [Fact]
    public async Task A_filter_that_fails_withholds_that_event_only()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        host.Publish("s1", "orders:s1", "crash");
        host.Publish("s1", "orders:s1");

        await client.ExpectEventAsync("orders:s1", 2);
    }

    [Theory]
    [InlineData("""{"channel":"orders:s9"}""", "common.not-found")]
    [InlineData("""{"channel":"orders"}""", "common.not-found")]
    [InlineData("""{"namespace":"payments"}""", "common.not-found")]
    [InlineData("""{"channel":"payments:s1"}""", "common.not-found")]
    [InlineData("{}", "hub.invalid")]
    [InlineData("""{"channel":"orders:s1","namespace":"orders"}""", "hub.invalid")]
    [InlineData("""{"channel":"orders:s1","since":1}""", "hub.invalid")]
    [InlineData("""{"channel":"orders:s1","epoch":"e1"}""", "hub.invalid")]
    [InlineData("""{"namespace":"orders","since":1,"epoch":"e1"}""", "hub.invalid")]
    [InlineData("""{"channel":"orders:s1","since":-1,"epoch":"e1"}""", "hub.malformed")]
    [InlineData("""{"channel":7}""", "hub.malformed")]
    public async Task A_request_that_cannot_be_met_is_refused_and_the_connection_lives(string data, string code)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync("bob/staff");

        await client.SendAsync("subscribe", data);

        await client.ExpectErrorAsync(code);
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
    }

    [Fact]
    public async Task A_stream_and_one_of_its_channels_exclude_each_other()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("store:s1");
        await client.ExpectAsync("subscribed");

        await client.SubscribeAsync("orders:s1");
        await client.ExpectErrorAsync("hub.overlap");
        await client.SubscribeAsync("orders:s2");
        await client.ExpectAsync("subscribed");
        await client.SubscribeAsync("store:s2");
        await client.ExpectErrorAsync("hub.overlap");
    }

    [Fact]
    public async Task Subscribing_again_replaces_and_delivers_once()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        host.Publish("s1", "orders:s1");
        await client.SendAsync("ping");

        await client.ExpectEventAsync("orders:s1", 1);
        Assert.Equal(1, (await client.ExpectAsync("pong")).GetProperty("positions").GetProperty("orders:s1").GetInt64());
    }

    [Fact]
    public async Task Subscriptions_are_limited_per_connection()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxSubscriptions = 3);
        host.Publish("s1", "orders:s1");
        host.Publish("s2", "orders:s2");
        await using var client = await host.ConnectAsync();

        await client.SendAsync("subscribe", """{"namespace":"orders"}""");
        await client.SendAsync("subscribe", """{"namespace":"products"}""");

        await client.ExpectAsync("subscribed");
        await client.ExpectAsync("subscribed");
        await client.ExpectAsync("subscribed");
        await client.ExpectErrorAsync("hub.too-many-subscriptions");
        await client.SendAsync("unsubscribe", """{"channel":"orders:s1"}""");
        await client.ExpectAsync("unsubscribed");
        await client.SubscribeAsync("products:s2");
        await client.ExpectAsync("subscribed");
    }
}
