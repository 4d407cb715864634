namespace ChainSync.Realtime.Tests;

public sealed class ResumeTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(3)]
    public async Task What_was_missed_is_replayed_from_memory_or_history_and_then_goes_on_live(int ringEvents)
    {
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryPage) = (ringEvents, 2));
        for (var i = 0; i < 10; i++) host.Publish("s1", i % 2 == 0 ? "orders:s1" : "products:s1");
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since: 3);

        var subscribed = await client.ExpectAsync("subscribed");
        Assert.True(subscribed.GetProperty("recovered").GetBoolean());
        Assert.Equal(3, subscribed.GetProperty("seq").GetInt64());
        await client.ExpectEventAsync("orders:s1", 5);
        await client.ExpectEventAsync("orders:s1", 7);
        await client.ExpectEventAsync("orders:s1", 9);
        Assert.Equal(10, (await client.ExpectAsync("heartbeat")).GetProperty("positions").GetProperty("orders:s1").GetInt64());
        host.Publish("s1", "orders:s1");
        await client.ExpectEventAsync("orders:s1", 11);
        Assert.Equal(ringEvents > 10, host.Log.Reads == 0);
    }

    [Fact]
    public async Task Without_a_position_a_subscription_begins_at_the_present_one()
    {
        await using var host = await HubHost.StartAsync();
        host.Publish("s1", "orders:s1");
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1");

        var subscribed = await client.ExpectAsync("subscribed");
        Assert.False(subscribed.GetProperty("recovered").GetBoolean());
        Assert.Equal(1, subscribed.GetProperty("seq").GetInt64());
        Assert.Equal("e1", subscribed.GetProperty("epoch").GetString());
    }

    [Theory]
    [InlineData(5, "another-life", 0)]
    [InlineData(1, "e1", 3)]
    [InlineData(99, "e1", 0)]
    public async Task A_position_that_cannot_be_honoured_is_answered_with_resync_and_life_goes_on(long since, string epoch, long prunedTo)
    {
        await using var host = await HubHost.StartAsync(o => o.RingEvents = 1);
        for (var i = 0; i < 6; i++) host.Publish("s1", "orders:s1");
        host.Log.Prune("s1", prunedTo);
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since, epoch);

        Assert.Equal(6, (await client.ExpectAsync("resync")).GetProperty("seq").GetInt64());
        var subscribed = await client.ExpectAsync("subscribed");
        Assert.False(subscribed.GetProperty("recovered").GetBoolean());
        Assert.Equal(6, subscribed.GetProperty("seq").GetInt64());
        host.Publish("s1", "orders:s1");
        await client.ExpectEventAsync("orders:s1", 7);
    }

    [Fact]
    public async Task Further_back_than_the_limit_means_resync_and_the_limit_itself_does_not()
    {
        await using var host = await HubHost.StartAsync(o => o.MaxReplay = 4);
        for (var i = 0; i < 6; i++) host.Publish("s1", "orders:s1");
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since: 1);
        await client.ExpectAsync("resync");
        await client.ExpectAsync("subscribed");
        await client.SubscribeAsync("orders:s1", since: 2);

        Assert.True((await client.ExpectAsync("subscribed")).GetProperty("recovered").GetBoolean());
    }

    [Fact]
    public async Task A_hub_that_has_seen_nothing_resumes_from_the_log_alone()
    {
        var log = new TestLog();
        for (var i = 0; i < 4; i++) log.Commit("s1", "orders:s1");
        await using var host = await HubHost.StartAsync(log: log);
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since: 2);

        await client.ExpectAsync("subscribed");
        await client.ExpectEventAsync("orders:s1", 3);
        await client.ExpectEventAsync("orders:s1", 4);
        await client.ExpectAsync("heartbeat");
    }

    [Fact]
    public async Task A_client_that_read_past_the_tail_gets_nothing_twice_when_the_tail_arrives()
    {
        await using var host = await HubHost.StartAsync();
        host.Publish("s1", "orders:s1");
        var late = host.Log.Commit("s1", "orders:s1");
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since: 2);
        await client.ExpectAsync("subscribed");
        await client.ExpectAsync("heartbeat");
        host.Hub.Publish(late);
        host.Publish("s1", "orders:s1");

        await client.ExpectEventAsync("orders:s1", 3);
    }

    [Fact]
    public async Task A_tail_that_repeats_itself_delivers_nothing_twice()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        var first = host.Log.Commit("s1", "orders:s1");
        host.Hub.Publish(first);

        host.Hub.Publish(new("s1", "e1", 0, 1, first.Events));
        host.Publish("s1", "orders:s1");

        await client.ExpectEventAsync("orders:s1", 1);
        await client.ExpectEventAsync("orders:s1", 2);
    }

    [Fact]
    public async Task A_tail_that_skips_ahead_sends_subscribers_to_the_history()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        host.Publish("s1", "orders:s1");
        await client.ExpectEventAsync("orders:s1", 1);

        host.Log.Commit("s1", "orders:s1");
        host.Log.Commit("s1", "orders:s1");
        host.Publish("s1", "orders:s1");

        for (var seq = 2; seq <= 4; seq++) await client.ExpectEventAsync("orders:s1", seq);
    }

    [Fact]
    public async Task A_restored_log_tells_subscribers_to_load_anew()
    {
        await using var host = await HubHost.StartAsync();
        host.Publish("s1", "orders:s1");
        host.Publish("s1", "orders:s1");
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");

        host.Hub.Publish(new("s1", "e2", 1, 2, [TestLog.Event("orders:s1", 2)]));

        var resync = await client.ExpectAsync("resync");
        Assert.Equal(("e2", 1), (resync.GetProperty("epoch").GetString(), resync.GetProperty("seq").GetInt64()));
        await client.ExpectEventAsync("orders:s1", 2);
    }

    [Fact]
    public async Task A_replay_larger_than_the_send_budget_is_paced_and_complete()
    {
        await using var host = await HubHost.StartAsync(o => (o.SendBudgetBytes, o.RingBytes, o.HistoryPage) = (32 << 10, 8 << 10, 64));
        for (var i = 0; i < 2_000; i++) host.Publish("s1", "orders:s1", padding: 500);
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", since: 0);

        await client.ExpectAsync("subscribed");
        for (var seq = 1; seq <= 2_000; seq++) await client.ExpectEventAsync("orders:s1", seq);
        await client.ExpectAsync("heartbeat");
    }

    [Fact]
    public async Task Unsubscribing_in_the_middle_of_a_replay_ends_it()
    {
        var log = new TestLog();
        for (var i = 0; i < 4; i++) log.Commit("s1", "orders:s1");
        var held = new TaskCompletionSource();
        var reading = new TaskCompletionSource();
        log.BeforeRead = () =>
        {
            reading.TrySetResult();
            return held.Task;
        };
        await using var host = await HubHost.StartAsync(o => o.RingEvents = 1, log);
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1", since: 0);
        await reading.Task;

        await client.SendAsync("unsubscribe", """{"channel":"orders:s1"}""");
        await client.ExpectAsync("unsubscribed");
        held.SetResult();
        await client.SubscribeAsync("products:s1", since: 4);

        Assert.Equal("products:s1", (await client.ExpectAsync("subscribed")).GetProperty("channel").GetString());
        await client.ExpectAsync("heartbeat");
    }
}
