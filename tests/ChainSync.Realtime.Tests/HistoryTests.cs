using System.Security.Cryptography;

namespace ChainSync.Realtime.Tests;

/// <summary>What the history is asked for when many read it.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => [7, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_thousand_clients_that_come_back_after_a_restart_read_each_page_once(int seed)
    {
        const int clients = 1_000;
        const int rows = 1_000;
        const int furthestBack = 100;
        const int page = 16;
        output.WriteLine($"seed {seed}");
        var log = new TestLog();
        for (var i = 0; i < rows; i++) log.Commit("s1", i % 2 == 0 ? "orders:s1" : "products:s1");
        await using var host = await HubHost.StartAsync(o => (o.HistoryPage, o.MaxConnectionsPerAddress) = (page, clients), log);
        var random = new Random(seed);
        var places = Enumerable.Range(0, clients).Select(_ => random.Next(rows - furthestBack, rows)).ToList();

        await Task.WhenAll(places.Select(since => Task.Run(() => ComeBackAsync(host, since, rows))));

        Assert.InRange(log.Reads, 1, (furthestBack / page) + 2);
        Assert.InRange(log.Positions, 1, 10);
    }

    [Fact]
    public async Task Streams_read_at_once_are_read_by_few_at_a_time()
    {
        const int readers = 2;
        const int shops = 30;
        var log = new TestLog();
        var held = new TaskCompletionSource();
        log.BeforeRead = () => held.Task;
        for (var i = 0; i < shops; i++)
        {
            log.Commit($"s{i}", $"orders:s{i}");
            log.Commit($"s{i}", $"orders:s{i}");
        }
        await using var host = await HubHost.StartAsync(o => o.HistoryReaders = readers, log);
        host.Authority.Shops = [.. Enumerable.Range(0, shops).Select(i => $"s{i}")];
        var clients = new List<HubClient>();
        for (var i = 0; i < shops; i++)
        {
            clients.Add(await host.ConnectAsync());
            await clients[i].SubscribeAsync($"orders:s{i}", since: 0);
            await clients[i].SendAsync("ping");
            await clients[i].ExpectAsync("pong");
        }
        await Eventually.IsAsync(() => log.Reads == readers);

        held.SetResult();

        for (var i = 0; i < shops; i++)
        {
            await clients[i].ExpectAsync("subscribed");
            await clients[i].ExpectEventAsync($"orders:s{i}", 1);
            await clients[i].ExpectEventAsync($"orders:s{i}", 2);
            await clients[i].DisposeAsync();
        }
        Assert.Equal(readers, log.MostReadingAtOnce);
    }

    [Fact]
    public async Task A_page_that_was_read_before_the_log_grew_is_read_again()
    {
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryPage) = (1, 16));
        for (var i = 0; i < 10; i++) host.Publish("s1", "orders:s1");
        await using var early = await ResumeAsync(host, 8, 10);
        for (var i = 0; i < 5; i++) host.Publish("s1", "orders:s1");

        await using var late = await ResumeAsync(host, 12, 15);

        Assert.Equal(2, host.Log.Reads);
    }

    [Fact]
    public async Task A_position_is_honoured_whose_page_begins_in_what_was_pruned()
    {
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryPage) = (1, 16));
        for (var i = 0; i < 40; i++) host.Publish("s1", "orders:s1");
        host.Log.Prune("s1", 21);

        await using var client = await ResumeAsync(host, 21, 40);
    }

    [Theory]
    [InlineData(1 << 20, 10, 1)]
    [InlineData(1 << 20, 11, 2)]
    [InlineData(0, 0, 2)]
    public async Task A_page_is_kept_for_some_seconds_and_within_its_bytes(int cacheBytes, int secondsLater, int reads)
    {
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryCacheBytes) = (1, cacheBytes));
        for (var i = 0; i < 10; i++) host.Publish("s1", "orders:s1");
        await using var first = await ResumeAsync(host, 0, 10);

        host.Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await using var second = await ResumeAsync(host, 4, 10);

        Assert.Equal(reads, host.Log.Reads);
    }

    [Fact]
    public async Task Who_leaves_during_a_read_does_not_end_it_for_the_others()
    {
        var log = new TestLog();
        var held = new TaskCompletionSource();
        log.BeforeRead = () => held.Task;
        await using var host = await HubHost.StartAsync(o => o.RingEvents = 1, log);
        for (var i = 0; i < 3; i++) host.Publish("s1", "orders:s1");
        var hasty = await host.ConnectAsync();
        await using var patient = await host.ConnectAsync();
        foreach (var client in new[] { hasty, patient })
        {
            await client.SubscribeAsync("orders:s1", since: 0);
            await client.SendAsync("ping");
            await client.ExpectAsync("pong");
        }

        await hasty.DisposeAsync();
        await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 1);
        held.SetResult();

        await patient.ExpectAsync("subscribed");
        for (var seq = 1; seq <= 3; seq++) await patient.ExpectEventAsync("orders:s1", seq);
        Assert.Equal(1, log.Reads);
    }

    private static async Task<HubClient> ResumeAsync(HubHost host, long since, long head)
    {
        var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1", since);
        Assert.True((await client.ExpectAsync("subscribed")).GetProperty("recovered").GetBoolean());
        for (var seq = since + 1; seq <= head; seq++) await client.ExpectEventAsync("orders:s1", seq);
        await client.ExpectAsync("heartbeat");
        return client;
    }

    /// <summary>Goes on from a place in a log whose odd positions are orders.</summary>
    private static async Task ComeBackAsync(HubHost host, long since, long rows)
    {
        await using var client = await host.ConnectAsync();
        await client.SubscribeAsync("orders:s1", since);
        Assert.True((await client.ExpectAsync("subscribed")).GetProperty("recovered").GetBoolean());
        for (var seq = since + 1 + (since % 2); seq <= rows; seq += 2) await client.ExpectEventAsync("orders:s1", seq);
        Assert.Equal(rows, (await client.ExpectAsync("heartbeat")).GetProperty("positions").GetProperty("orders:s1").GetInt64());
    }
}
