namespace ChainSync.Realtime.Tests;

public sealed class SlowReaderTests
{
    private const int EventBytes = 8 << 10;

    /// <summary>More than the kernel buffers on both sides of a loopback connection together.</summary>
    private const int Events = 3_000;

    [Fact]
    public async Task A_reader_over_its_budget_is_closed_costs_nobody_else_anything_and_resumes_with_nothing_lost()
    {
        await using var host = await HubHost.StartAsync(o => (o.SendBudgetBytes, o.RingBytes) = (256 << 10, 64 << 10));
        await using var slow = await host.ConnectAsync("ann/manager");
        await using var neighbour = await host.ConnectAsync("bob/manager");
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
        var reached = 0;
        while (await slow.NextAsync() is { } frame) Assert.Equal(("orders:s1", ++reached, 0), HubClient.Key(frame));
        Assert.Equal(4001, (int?)slow.Socket.CloseStatus);
        Assert.InRange(reached, 1, Events - 1);

        await using var resumed = await host.ConnectAsync("ann/manager");
        await resumed.SubscribeAsync("orders:s1", since: reached);
        await resumed.ExpectAsync("subscribed");
        while (reached < Events) await resumed.ExpectEventAsync("orders:s1", ++reached);
        await resumed.ExpectAsync("heartbeat");
    }

    [Fact]
    public async Task A_write_without_progress_closes_at_its_deadline_and_not_before()
    {
        await using var host = await HubHost.StartAsync(o =>
            (o.SendBudgetBytes, o.PingInterval, o.WriteDeadline) = (1 << 30, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10)));
        await using var stuck = await host.ConnectAsync();
        await stuck.SubscribeAsync("orders:s1");
        await stuck.ExpectAsync("subscribed");
        for (var i = 0; i < Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes);

        // While the kernel still takes bytes each write starts the deadline anew, so only the lower bound is exact.
        var seconds = 0;
        while (!host.Hub.Statistics().Closes.ContainsKey(nameof(HubCloseCode.SlowReader)))
        {
            Assert.InRange(seconds, 0, 10_000);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        Assert.InRange(seconds, 10, 10_000);
        await stuck.ExpectCloseAsync(4001);
    }

    [Fact]
    public async Task A_stuck_connection_is_cut_when_it_does_not_even_take_its_close()
    {
        await using var host = await HubHost.StartAsync(o => (o.SendBudgetBytes, o.RingBytes) = (64 << 10, 16 << 10));
        await using var stuck = await host.ConnectAsync();
        await stuck.SubscribeAsync("orders:s1");
        await stuck.ExpectAsync("subscribed");
        for (var i = 0; i < Events; i++) host.Publish("s1", "orders:s1", padding: EventBytes);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.IsAsync(() => host.Hub.Statistics() is { Connections: 0, QueuedBytes: 0, Subscriptions.Count: 0 });
    }

    [Fact]
    public async Task What_waits_for_a_reader_is_sent_in_few_writes()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        var before = host.Hub.Statistics().Writes;

        HubBatch[] rows = [.. Enumerable.Range(0, 200).Select(_ => host.Log.Commit("s1", "orders:s1"))];
        host.Hub.Publish(new("s1", "e1", 0, 200, [.. rows.SelectMany(r => r.Events)]));
        for (var seq = 1; seq <= 200; seq++) await client.ExpectEventAsync("orders:s1", seq);

        Assert.InRange(host.Hub.Statistics().Writes - before, 1, 2);
    }
}
