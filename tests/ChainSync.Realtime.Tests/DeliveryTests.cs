using System.Diagnostics.Metrics;

namespace ChainSync.Realtime.Tests;

public sealed class DeliveryTests
{
    private static readonly string[] Streams = ["s1", "s2"];

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(3_000_000)]
    public async Task A_frame_of_any_length_arrives_whole_also_one_larger_than_the_budget(int bytes)
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        var bare = TestLog.Event("orders:s1", 1).Json.Length;

        var batch = host.Log.Commit("s1", "orders:s1", padding: bytes - bare);
        Assert.Equal(bytes, batch.Events[0].Json.Length);
        host.Hub.Publish(batch);

        var received = await client.ExpectAsync("test:event");
        Assert.Equal(bytes, received.GetRawText().Length);
    }

    [Fact]
    public async Task Streams_published_at_once_reach_one_client_each_in_its_own_order()
    {
        const int rows = 2_000;
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        foreach (var stream in Streams)
        {
            await client.SubscribeAsync($"orders:{stream}");
            await client.ExpectAsync("subscribed");
        }

        var publishing = Streams.Select(stream => Task.Run(() =>
        {
            for (var i = 0; i < rows; i++) host.Publish(stream, $"orders:{stream}");
        })).ToArray();
        var reached = new Dictionary<string, long> { ["orders:s1"] = 0, ["orders:s2"] = 0 };
        while (reached.Values.Any(seq => seq < rows))
        {
            if (await client.NextAsync() is not { } frame) break;
            if (frame.GetProperty("type").GetString() != "test:event") continue;
            var (channel, seq, _) = HubClient.Key(frame);
            Assert.Equal(++reached[channel], seq);
        }

        await Task.WhenAll(publishing);
        Assert.All(reached.Values, seq => Assert.Equal(rows, seq));
    }

    [Fact]
    public async Task A_history_that_fails_costs_the_connection_which_may_come_back()
    {
        var log = new TestLog { BeforeRead = () => throw new IOException("the database is away") };
        for (var i = 0; i < 4; i++) log.Commit("s1", "orders:s1");
        await using var host = await HubHost.StartAsync(log: log);
        await using var unlucky = await host.ConnectAsync();
        await using var other = await host.ConnectAsync();

        await unlucky.SubscribeAsync("orders:s1", since: 0);
        await unlucky.ExpectCloseAsync(4005);
        await other.SubscribeAsync("orders:s1");
        await other.ExpectAsync("subscribed");
        log.BeforeRead = () => Task.CompletedTask;
        await using var again = await host.ConnectAsync();
        await again.SubscribeAsync("orders:s1", since: 3);

        await again.ExpectAsync("subscribed");
        await again.ExpectEventAsync("orders:s1", 4);
    }

    [Fact]
    public async Task A_batch_out_of_order_is_a_bug_of_the_caller()
    {
        await using var host = await HubHost.StartAsync();

        Assert.Throws<ArgumentException>(() => new HubBatch("s1", "e1", 0, 2, [TestLog.Event("orders:s1", 2), TestLog.Event("orders:s1", 1)]));
        Assert.Throws<ArgumentException>(() => new HubBatch("s1", "e1", 1, 2, [TestLog.Event("orders:s1", 1)]));
        Assert.Throws<ArgumentException>(() => new HubBatch("s1", "e1", 0, 2, [TestLog.Event("orders:s1", 3)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HubBatch("s1", "e1", 2, 1, []));
    }

    [Fact]
    public async Task The_meter_counts_connections_closes_and_deliveries()
    {
        var counts = new Dictionary<string, long>();
        await using var host = await HubHost.StartAsync();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "ChainSync.Hub" && ReferenceEquals(instrument.Meter.Scope, host.Meters)) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.Start();

        var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1");
        await client.ExpectAsync("subscribed");
        host.Publish("s1", "orders:s1");
        await client.ExpectEventAsync("orders:s1", 1);
        host.Hub.Disconnect("ann", HubCloseCode.Revoked, "signed out");
        await client.ExpectCloseAsync(4503);
        await client.DisposeAsync();
        await Eventually.IsAsync(() => Read("chainsync.hub.connections") == 0);

        Assert.Equal(1, Read("chainsync.hub.events"));
        Assert.Equal(1, Read("chainsync.hub.deliveries"));
        Assert.Equal(2, Read("chainsync.hub.received"));
        Assert.Equal(1, Read("chainsync.hub.closes code=Revoked"));
        var statistics = host.Hub.Statistics();
        Assert.Equal((1, 1, 2), (statistics.EventsPublished, statistics.Deliveries, statistics.FramesReceived));

        void Count(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags) name += $" {tag.Key}={tag.Value}";
            lock (counts) counts[name] = counts.GetValueOrDefault(name) + value;
        }

        long Read(string name)
        {
            lock (counts) return counts.GetValueOrDefault(name, -1);
        }
    }

    [Fact]
    public async Task Subscriptions_are_counted_by_namespace()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync("subscribe", """{"namespace":"orders"}""");
        await client.ExpectAsync("subscribed");
        await client.ExpectAsync("subscribed");
        await client.SubscribeAsync("products:s1");
        await client.ExpectAsync("subscribed");

        var subscriptions = host.Hub.Statistics().Subscriptions;

        Assert.Equal(new Dictionary<string, int> { ["orders"] = 2, ["products"] = 1 }, subscriptions);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("latest")]
    public async Task Fan_out_allocates_nothing_per_client(string mode)
    {
        const int clients = 100;
        const int rows = 200;
        await using var host = await HubHost.StartAsync(o => o.LatestWindow = TimeSpan.Zero);
        var readers = new List<Task>();
        for (var i = 0; i < clients; i++)
        {
            var client = await host.ConnectAsync();
            await client.SubscribeAsync("orders:s1", mode: mode);
            await client.ExpectAsync("subscribed");
            readers.Add(Task.Run(async () =>
            {
                await using (client)
                {
                    for (var seq = 1; seq <= 2 * rows; seq++) await client.ExpectEventAsync("orders:s1", seq);
                }
            }));
        }
        var batches = Enumerable.Range(0, 2 * rows).Select(_ => host.Log.Commit("s1", "orders:s1")).ToList();

        // In step with the readers: a queue that grows allocates, one that is used does not.
        var allocated = 0L;
        foreach (var (index, batch) in batches.Index())
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            host.Hub.Publish(batch);
            if (index >= rows) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            await Eventually.IsAsync(() => host.Hub.Statistics().QueuedBytes == 0);
        }

        await Task.WhenAll(readers);
        Assert.InRange(allocated / (double)(rows * clients), 0, 2);
    }
}
