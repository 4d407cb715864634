namespace ChainSync.Realtime.Tests;

public sealed class SlowReaderTests
{
    /// <summary>A token that outlives any clock these tests move.</summary>
    private const string Patient = "ann/manager/999999999";

    private const int EventBytes = 8 << 10;

    /// <summary>More than the kernel buffers on both sides of a loopback connection together.</summary>
    private const int Events = 3_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_stops_costs_a_bounded_queue_and_nobody_else_anything_and_resumes_with_nothing_lost(bool directSend)
    {
        await using var host = await HubHost.StartAsync(
            o => (o.SendBudgetBytes, o.RingBytes, o.PingInterval) = (256 << 10, 64 << 10, TimeSpan.FromDays(365)), directSend: directSend);
        await using var slow = await host.ConnectAsync(Patient);
        await using var neighbour = await host.ConnectAsync(Patient);
        foreach (var client in new[] { slow, neighbour })
        {
            await client.SubscribeAsync("orders:s1");
            await client.ExpectAsync("subscribed");
        }

        var mostQueued = 0L;
        for (var seq = 1; seq <= Events; seq++)
        {
            host.Publish("s1", "orders:s1", padding: EventBytes);
            await neighbour.ExpectEventAsync("orders:s1", seq);
            mostQueued = Math.Max(mostQueued, host.Hub.Statistics().QueuedBytes);
        }

        Assert.InRange(mostQueued, 128 << 10, (256 << 10) + (2 * EventBytes));
        AdvanceUntil(host, () => SlowReaders(host) == 1);
        var reached = 0;
        while (await slow.NextAsync() is { } frame) Assert.Equal(("orders:s1", ++reached, 0), HubClient.Key(frame));
        Assert.Equal(4001, (int?)slow.Socket.CloseStatus);
        Assert.InRange(reached, 1, Events - 1);

        await using var resumed = await host.ConnectAsync(Patient);
        await resumed.SubscribeAsync("orders:s1", since: reached);
        await resumed.ExpectAsync("subscribed");
        while (reached < Events) await resumed.ExpectEventAsync("orders:s1", ++reached);
        await resumed.ExpectAsync("heartbeat");
    }

    [Fact]
    public async Task A_reader_over_its_budget_that_took_nothing_for_a_second_is_closed_at_once()
    {
        await using var host = await HubHost.StartAsync(o => (o.SendBudgetBytes, o.WriteDeadline, o.MaxFramesPerMinute) = (64 << 20, TimeSpan.FromHours(1), int.MaxValue));
        await using var stuck = await host.ConnectAsync(Patient);
        await using var neighbour = await host.ConnectAsync();
        await stuck.SubscribeAsync("orders:s1");
        await stuck.ExpectAsync("subscribed");
        for (var i = 0; i < Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes);
        await UntilNobodyElseIsWrittenToAsync(host, neighbour);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 2 * Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes * 2);

        Assert.Equal(1, SlowReaders(host));
        await stuck.ExpectCloseAsync(4001);
    }

    [Theory]
    [InlineData(64_000)]
    [InlineData(65_000)]
    [InlineData(66_000)]
    [InlineData(67_000)]
    public async Task A_burst_larger_than_the_budget_reaches_a_reader_that_reads_whole_and_in_order(int budgetBytes)
    {
        await using var host = await HubHost.StartAsync(o => (o.SendBudgetBytes, o.RingBytes) = (budgetBytes, 16 << 10));
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("store:s1");
        await client.ExpectAsync("subscribed");

        HubBatch[] rows = [.. Enumerable.Range(0, 500).Select(_ => host.Log.Commit("s1", seq => [
            TestLog.Event("orders:s1", seq, 0, padding: 900),
            TestLog.Event("inventory:s1", seq, 0, padding: 900),
            TestLog.Event("inventory:s1", seq, 1, padding: 900)]))];
        host.Hub.Publish(new("s1", "e1", 0, 500, [.. rows.SelectMany(r => r.Events)]));
        host.Publish("s1", "orders:s1");

        var expected = host.Log.All("s1").Select(e => (e.Channel, e.Seq, e.Part)).ToList();
        var received = new List<(string, long, int)>();
        while (received.Count < expected.Count && await client.NextAsync() is { } frame)
        {
            if (frame.GetProperty("type").GetString() == "test:event") received.Add(HubClient.Key(frame));
        }
        Assert.Equal(expected, received);
        Assert.Empty(host.Hub.Statistics().Closes);
        Assert.True(host.Log.Reads > 0);
    }

    [Fact]
    public async Task A_write_without_progress_closes_at_its_deadline_and_not_before()
    {
        await using var host = await HubHost.StartAsync(o =>
            (o.SendBudgetBytes, o.PingInterval, o.WriteDeadline) = (1 << 30, TimeSpan.FromDays(365), TimeSpan.FromSeconds(10)));
        await using var stuck = await host.ConnectAsync(Patient);
        await stuck.SubscribeAsync("orders:s1");
        await stuck.ExpectAsync("subscribed");
        for (var i = 0; i < Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes);

        var seconds = AdvanceUntil(host, () => SlowReaders(host) == 1);

        Assert.InRange(seconds, 10, int.MaxValue);
        await stuck.ExpectCloseAsync(4001);
    }

    [Fact]
    public async Task A_stuck_connection_is_cut_when_it_does_not_even_take_its_close()
    {
        await using var host = await HubHost.StartAsync(o =>
            (o.SendBudgetBytes, o.RingBytes, o.PingInterval) = (64 << 10, 16 << 10, TimeSpan.FromDays(365)));
        await using var stuck = await host.ConnectAsync(Patient);
        await stuck.SubscribeAsync("orders:s1");
        await stuck.ExpectAsync("subscribed");
        for (var i = 0; i < Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes);

        var seconds = AdvanceUntil(host, () => host.Hub.Statistics().Connections == 0);

        Assert.InRange(seconds, 10 + 5, int.MaxValue);
        await Eventually.IsAsync(() => host.Hub.Statistics() is { Connections: 0, QueuedBytes: 0, Subscriptions.Count: 0 });
    }

    [Fact]
    public async Task What_is_published_together_reaches_each_reader_in_one_write()
    {
        const int readers = 20;
        const int burst = 200;
        await using var host = await HubHost.StartAsync();
        var clients = new List<HubClient>();
        for (var i = 0; i < readers; i++)
        {
            clients.Add(await host.ConnectAsync());
            await clients[i].SubscribeAsync("orders:s1");
            await clients[i].ExpectAsync("subscribed");
        }
        var before = host.Hub.Statistics().Writes;

        HubBatch[] rows = [.. Enumerable.Range(0, burst).Select(_ => host.Log.Commit("s1", "orders:s1"))];
        host.Hub.Publish(new("s1", "e1", 0, burst, [.. rows.SelectMany(r => r.Events)]));

        foreach (var client in clients)
        {
            for (var seq = 1; seq <= burst; seq++) await client.ExpectEventAsync("orders:s1", seq);
            await client.DisposeAsync();
        }
        // One whose writer was about to rest may need a second.
        Assert.InRange(host.Hub.Statistics().Writes - before, readers, readers + (readers / 4));
    }

    private static long SlowReaders(HubHost host) => host.Hub.Statistics().Closes.GetValueOrDefault(nameof(HubCloseCode.SlowReader));

    /// <summary>Moves the clock second by second. While the kernel takes bytes every write starts its deadline anew, so only a lower bound is exact.</summary>
    private static int AdvanceUntil(HubHost host, Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seconds = 0;
        for (; !reached(); seconds++)
        {
            Assert.False(patience.IsCancellationRequested, $"not reached after {seconds} s on the test's clock");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        return seconds;
    }

    /// <summary>The kernel takes bytes for a while after the reader stopped; a hundred answers to another client later it no longer does.</summary>
    private static async Task UntilNobodyElseIsWrittenToAsync(HubHost host, HubClient other)
    {
        const int pings = 100;
        long before;
        do
        {
            before = host.Hub.Statistics().Writes;
            for (var i = 0; i < pings; i++)
            {
                await other.SendAsync("ping");
                await other.ExpectAsync("pong");
            }
        }
        while (host.Hub.Statistics().Writes > before + pings);
    }
}
