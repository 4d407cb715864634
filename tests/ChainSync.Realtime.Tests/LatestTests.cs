namespace ChainSync.Realtime.Tests;

public sealed class LatestTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task After_a_quiet_while_an_event_comes_at_once_and_a_burst_comes_as_its_newest_when_the_window_ends()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await FollowAsync(host, "inventory:s1");

        Publish(host, "a");
        await ExpectAsync(client, 1);
        foreach (var key in new[] { "a", "b", null, "a", "b", "a", null }) Publish(host, key);
        await ExpectPositionAsync(client, "inventory:s1", 1);
        host.Clock.Advance(Window - TimeSpan.FromMilliseconds(1));
        await ExpectPositionAsync(client, "inventory:s1", 1);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await ExpectAsync(client, 4, 6, 7, 8);
        await ExpectPositionAsync(client, "inventory:s1", 8);
        host.Clock.Advance(Window);
        Publish(host, "c");
        await ExpectAsync(client, 9);
    }

    [Fact]
    public async Task What_is_published_together_is_reduced_without_waiting()
    {
        await using var host = await HubHost.StartAsync(o => o.LatestWindow = TimeSpan.Zero);
        await using var client = await FollowAsync(host, "inventory:s1");

        PublishTogether(host, "a", "b", "a", null, "a");
        PublishTogether(host, "b", "b");

        await ExpectAsync(client, 2, 4, 5, 7);
    }

    [Fact]
    public async Task The_mode_is_repeated_and_concerns_only_who_asked_for_it()
    {
        await using var host = await HubHost.StartAsync();
        await using var every = await host.ConnectAsync();
        await every.SubscribeAsync("inventory:s1");
        Assert.Equal("all", (await every.ExpectAsync("subscribed")).GetProperty("mode").GetString());
        await using var latest = await host.ConnectAsync();
        await latest.SendAsync("subscribe", """{"namespace":"inventory","mode":"latest"}""");
        for (var i = 0; i < 2; i++) Assert.Equal("latest", (await latest.ExpectAsync("subscribed")).GetProperty("mode").GetString());

        PublishTogether(host, "a", "a", "a");

        await ExpectAsync(every, 1, 2, 3);
        await ExpectAsync(latest, 3);
    }

    [Fact]
    public async Task An_unknown_mode_is_refused()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("orders:s1", mode: "newest");
        await client.ExpectErrorAsync("hub.invalid");
        await client.SendAsync("subscribe", """{"channels":[{"channel":"orders:s1","mode":"latest"},{"channel":"products:s1","mode":""}]}""");

        // The catch-up of the first may overtake the refusal of the second.
        var answers = new[] { await client.NextAsync(), await client.NextAsync() }.ToDictionary(f => f!.Value.GetProperty("type").GetString()!, f => f!.Value.GetProperty("data"));
        Assert.Equal("hub.invalid", answers["error"].GetProperty("code").GetString());
        Assert.Equal("orders:s1", answers["subscribed"].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task A_key_is_of_its_channel_and_the_rights_hold()
    {
        await using var host = await HubHost.StartAsync();
        await using var manager = await FollowAsync(host, "store:s1");
        await using var staff = await FollowAsync(host, "store:s1", token: "bob/staff");

        HubBatch[] rows = [.. Enumerable.Range(0, 2).Select(_ => host.Log.Commit("s1", seq => [
            TestLog.Event("inventory:s1", seq, 0, key: "a"),
            TestLog.Event("orders:s1", seq, 0, key: "a"),
            TestLog.Event("payments:s1", seq, 0, key: "a"),
            TestLog.Event("payments:s1", seq, 1)]))];
        host.Hub.Publish(new("s1", "e1", 0, 2, [.. rows.SelectMany(r => r.Events)]));

        await manager.ExpectEventAsync("payments:s1", 1, 1);
        foreach (var (channel, part) in new[] { ("inventory:s1", 0), ("orders:s1", 0), ("payments:s1", 0), ("payments:s1", 1) })
            await manager.ExpectEventAsync(channel, 2, part);
        await staff.ExpectEventAsync("inventory:s1", 2);
        await staff.ExpectEventAsync("orders:s1", 2);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(30)]
    [InlineData(1)]
    public async Task A_replay_from_memory_or_history_or_both_brings_the_newest_of_each_key_and_all_without(int ringEvents)
    {
        const int keys = 10;
        const int rows = 2_000;
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryPage) = (ringEvents, 64));
        for (var i = 0; i < rows; i++) Publish(host, i % 500 == 0 ? null : $"{i % keys}", i % 3 == 0 ? "inventory:s1" : "orders:s1");
        var log = host.Log.All("s1").Where(e => e.Channel == "inventory:s1").ToList();
        var newest = log.Where(e => e.Key is not null).GroupBy(e => e.Key).Select(g => g.Last().Seq);
        await using var client = await host.ConnectAsync();

        await client.SubscribeAsync("inventory:s1", since: 0, mode: "latest");

        Assert.True((await client.ExpectAsync("subscribed")).GetProperty("recovered").GetBoolean());
        await ExpectAsync(client, [.. log.Where(e => e.Key is null).Select(e => e.Seq).Concat(newest).Order()]);
        Assert.Equal(rows, (await client.ExpectAsync("heartbeat")).GetProperty("positions").GetProperty("inventory:s1").GetInt64());
    }

    [Fact]
    public async Task Who_joins_while_the_window_holds_something_gets_it_once()
    {
        await using var host = await HubHost.StartAsync();
        await using var former = await FollowAsync(host, "inventory:s1");
        Publish(host, "a");
        Publish(host, "a");
        Publish(host, "b");
        await using var resuming = await host.ConnectAsync();
        await resuming.SubscribeAsync("inventory:s1", since: 1, mode: "latest");
        await resuming.ExpectAsync("subscribed");
        await ExpectAsync(resuming, 2, 3);
        await resuming.ExpectAsync("heartbeat");
        await using var joining = await FollowAsync(host, "inventory:s1");
        await ExpectPositionAsync(joining, "inventory:s1", 3);

        Publish(host, "b");
        host.Clock.Advance(Window);

        await ExpectAsync(former, 1, 2, 4);
        await ExpectAsync(resuming, 4);
        await ExpectAsync(joining, 4);
    }

    [Fact]
    public async Task A_window_that_is_full_does_not_wait_for_its_end()
    {
        await using var host = await HubHost.StartAsync(o => o.RingEvents = 10);
        await using var client = await FollowAsync(host, "inventory:s1");
        Publish(host, null);
        await ExpectAsync(client, 1);

        for (var i = 0; i < 100; i++) Publish(host, "a");
        await ExpectPositionAsync(client, "inventory:s1", 1);
        for (var i = 0; i < 10; i++) Publish(host, null);

        await ExpectAsync(client, [.. Enumerable.Range(101, 11)]);
    }

    [Fact]
    public async Task A_burst_reaches_each_reader_of_the_latest_in_one_write()
    {
        const int readers = 20;
        const int burst = 200;
        await using var host = await HubHost.StartAsync();
        var clients = new List<HubClient>();
        for (var i = 0; i < readers; i++) clients.Add(await FollowAsync(host, "inventory:s1"));
        Publish(host, null);
        foreach (var client in clients) await ExpectAsync(client, 1);
        var before = host.Hub.Statistics().Writes;

        for (var i = 0; i < burst; i++) Publish(host, i % 2 == 0 ? "a" : null);
        host.Clock.Advance(Window);

        foreach (var client in clients)
        {
            await ExpectAsync(client, Enumerable.Range(0, burst).Where(i => i % 2 != 0 || i == burst - 2).Select(i => i + 2L));
            await client.DisposeAsync();
        }
        Assert.InRange(host.Hub.Statistics().Writes - before, readers, readers + (readers / 4));
    }

    [Fact]
    public async Task A_tail_that_skips_ahead_or_begins_anew_first_sends_what_the_window_holds()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await FollowAsync(host, "inventory:s1");
        Publish(host, "a");
        Publish(host, "b");
        Publish(host, "b");
        host.Log.Commit("s1", "orders:s1");
        Publish(host, "a");
        await ExpectAsync(client, 1, 3, 5);
        await client.ExpectAsync("heartbeat");
        Publish(host, "a");

        host.Hub.Publish(new("s1", "e2", 1, 1, []));

        await ExpectAsync(client, 6);
        Assert.Equal("e2", (await client.ExpectAsync("resync")).GetProperty("epoch").GetString());
        await ExpectPositionAsync(client, "inventory:s1", 1);
    }

    [Fact]
    public async Task A_reader_that_stops_reading_never_exceeds_its_budget_and_has_the_newest_state_in_the_end()
    {
        const int budget = 128 << 10;
        const int rows = 6_000;
        const int keys = 50;
        const int bytes = 4 << 10;
        await using var host = await HubHost.StartAsync(o =>
        {
            (o.SendBudgetBytes, o.RingBytes, o.LatestWindow) = (budget, 32 << 10, TimeSpan.Zero);
            (o.MaxReplay, o.WriteDeadline) = (long.MaxValue, TimeSpan.FromHours(1));
        });
        await using var client = await FollowAsync(host, "inventory:s1");

        var mostQueued = 0L;
        for (var i = 0; i < rows; i++)
        {
            host.Hub.Publish(host.Log.Commit("s1", seq => [TestLog.Event("inventory:s1", seq, padding: bytes, key: seq % 100 == 0 ? null : $"{seq % keys}")]));
            mostQueued = Math.Max(mostQueued, host.Hub.Statistics().QueuedBytes);
        }
        Assert.InRange(mostQueued, budget / 2, budget);

        var received = new List<long>();
        while (received.LastOrDefault() < rows && await client.NextAsync() is { } frame)
        {
            if (frame.GetProperty("type").GetString() == "test:event") received.Add(HubClient.Key(frame).Seq);
        }
        Assert.Equal(received.Distinct().Order(), received);
        Assert.Equal(Enumerable.Range(1, rows / 100).Select(i => i * 100L), received.Where(seq => seq % 100 == 0));
        Assert.Superset(Enumerable.Range(rows - keys + 1, keys).Select(i => (long)i).ToHashSet(), received.ToHashSet());
        Assert.InRange(received.Count, keys, rows / 2);
        Assert.Empty(host.Hub.Statistics().Closes);
    }

    private static async Task<HubClient> FollowAsync(HubHost host, string channel, string token = "ann/manager")
    {
        var client = await host.ConnectAsync(token);
        await client.SubscribeAsync(channel, mode: "latest");
        await client.ExpectAsync("subscribed");
        return client;
    }

    private static void Publish(HubHost host, string? key, string channel = "inventory:s1") =>
        host.Hub.Publish(host.Log.Commit("s1", seq => [TestLog.Event(channel, seq, key: key)]));

    private static void PublishTogether(HubHost host, params IEnumerable<string?> keys)
    {
        HubBatch[] rows = [.. keys.Select(key => host.Log.Commit("s1", seq => [TestLog.Event("inventory:s1", seq, key: key)]))];
        host.Hub.Publish(new("s1", "e1", rows[0].After, rows[^1].Seq, [.. rows.SelectMany(r => r.Events)]));
    }

    private static async Task ExpectAsync(HubClient client, params IEnumerable<long> seqs)
    {
        foreach (var seq in seqs) await client.ExpectEventAsync("inventory:s1", seq);
    }

    private static async Task ExpectPositionAsync(HubClient client, string channel, long seq)
    {
        await client.SendAsync("ping");
        Assert.Equal(seq, (await client.ExpectAsync("pong")).GetProperty("positions").GetProperty(channel).GetInt64());
    }
}
