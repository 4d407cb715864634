using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Live;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Realtime;

/// <summary>What the hub tells of itself.</summary>
public sealed class HubInfoTests : IAsyncLifetime
{
    private static readonly string[] StatsPaths = ["/api/ws/stats", "/api/websocket/stats", "/api/realtime/websocket"];

    private ApiHost _host = null!;
    private StoreApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _api = new StoreApi(_host);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/api/ws")]
    [InlineData("/api/ws/info")]
    public async Task Anybody_may_ask_what_there_is(string path)
    {
        var info = (await _api.GetAsync(path, _api.Guest)).Json;

        Assert.True(info.GetProperty("enabled").GetBoolean());
        Assert.Equal(["/ws/notifications", "/ws", "/api/ws"], info.GetProperty("paths").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(Permissions.Namespaces, info.GetProperty("namespaces").EnumerateArray().Select(p => p.GetString()!));
        var limits = info.GetProperty("limits");
        Assert.Equal((1 << 20, 100, 30_000, 5_000), (Count(limits, "messageBytes"), Count(limits, "framesPerMinute"), Count(limits, "heartbeatMs"), Count(limits, "pongTimeoutMs")));
        var keyed = Assert.Single(info.GetProperty("events").EnumerateArray(), e => e.TryGetProperty("key", out _));
        Assert.Equal(("inventory:updated", "productId", true), (keyed.GetProperty("name").GetString(), keyed.GetProperty("key").GetString(), keyed.GetProperty("durable").GetBoolean()));
    }

    [Fact]
    public async Task The_address_of_the_hub_still_takes_no_other_method()
    {
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _api.Guest.PostAsync("/api/ws", null)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.UpgradeRequired, (await _api.Guest.GetAsync("/ws")).StatusCode);
    }

    [Fact]
    public async Task Only_administrators_may_ask_how_it_does()
    {
        foreach (var path in StatsPaths)
        {
            Assert.Equal("auth.missing", (await _api.GetAsync(path, _api.Guest)).Code);
            Assert.Equal("common.forbidden", (await _api.GetAsync(path, _api.Manager)).Code);
            Assert.Equal(200, (await _api.GetAsync(path, _api.Client(Role.Admin))).Status);
        }
    }

    [Fact]
    public async Task Connections_people_and_what_they_follow_are_counted()
    {
        var token = _host.Token(Role.Staff, StoreApi.Store);
        await using var phone = await HubClient.ConnectAsync(_host.Address, token);
        await using var desk = await HubClient.ConnectAsync(_host.Address, token);
        await using var other = await HubClient.ConnectAsync(_host.Address, _host.Token(Role.Manager, StoreApi.Store));
        await phone.SubscribeAsync($"orders:{StoreApi.Store}");
        await desk.SubscribeAsync($"orders:{StoreApi.Store}");
        await other.SubscribeAsync($"store:{StoreApi.Store}");

        var stats = await StatsAsync();

        Assert.Equal((3, 3, 2), (Count(stats, "connections"), Count(stats, "authenticated"), Count(stats, "users")));
        Assert.Equal((2, 1), (Count(stats.GetProperty("subscriptions"), "orders"), Count(stats.GetProperty("subscriptions"), "store")));
        Assert.Equal((3, 0), (Count(stats.GetProperty("totals"), "accepted"), Count(stats, "queuedBytes")));
    }

    [Fact]
    public async Task Rates_are_what_was_counted_over_the_time_it_took()
    {
        await using var client = await HubClient.ConnectAsync(_host.Address, _host.Token(Role.Staff, StoreApi.Store));
        await client.SubscribeAsync($"store:{StoreApi.Store}");
        await AdjustAsync(5);
        await CountedAsync(rows: 6); // the adjustment itself and five levels

        _host.Chain.Clock.Advance(TimeSpan.FromSeconds(10));
        var after = await StatsAsync();

        var rates = after.GetProperty("perSecond");
        Assert.Equal((10_000, 10), (Count(rates, "windowMs"), Count(after.GetProperty("totals"), "events"))); // five levels, each of them restocked
        Assert.Equal((1.0, 1.0), (rates.GetProperty("events").GetDouble(), rates.GetProperty("deliveries").GetDouble()));
        Assert.Equal((6, 1), (Count(after.GetProperty("latency"), "rows"), Count(after.GetProperty("latency"), "p99Ms")));
    }

    [Fact]
    public async Task What_is_longer_ago_than_the_window_counts_no_more()
    {
        await AdjustAsync(3);
        await CountedAsync(rows: 4);

        _host.Chain.Clock.Advance(TimeSpan.FromSeconds(LiveWindow.Seconds + 5));

        var stats = await StatsAsync();

        Assert.Equal(LiveWindow.Seconds * 1_000, stats.GetProperty("perSecond").GetProperty("windowMs").GetInt64());
        Assert.Equal(0, stats.GetProperty("perSecond").GetProperty("events").GetDouble());
        Assert.Equal(0, Count(stats.GetProperty("latency"), "rows"));
        Assert.False(stats.GetProperty("latency").TryGetProperty("p50Ms", out _));
    }

    [Fact]
    public void A_percentile_is_the_bound_of_the_bucket_it_falls_in()
    {
        var histogram = new LatencyHistogram();
        var committed = TestClock.Start;
        for (var ms = 1; ms <= 100; ms++) histogram.Record([Row(committed)], committed.AddMilliseconds(ms));

        Assert.Equal((50L, 100L, 100L), (Share(0.5), Share(0.95), Share(0.99)));
        Assert.Equal(1, Share(0.01));
        histogram.Record([Row(committed)], committed.AddMinutes(5));
        Assert.Null(Share(1)); // beyond the last bound: not known
        Assert.Equal(1, LatencyHistogram.Percentile(Of(committed.AddMilliseconds(-3)), 0.5)); // a clock set back

        long? Share(double share) => LatencyHistogram.Percentile(histogram.Counts(), share);
    }

    private static long[] Of(DateTimeOffset queued)
    {
        var histogram = new LatencyHistogram();
        histogram.Record([Row(TestClock.Start)], queued);
        return histogram.Counts();
    }

    private static LogRow Row(DateTimeOffset at) => new(StoreApi.Store, 1, Guid.Empty, new Change("stock", Guid.Empty, 1, ChangeKind.Update, null), null, at);

    private async Task AdjustAsync(int products)
    {
        var lines = Enumerable.Range(0, products).Select(i => $$"""{"productId":"{{TestChain.ProductId(StoreApi.Store, i)}}","deltaMilli":20000}""");
        var answer = await _api.PostAsync(StoreApi.At("stock-adjustments"), $$"""{"id":"{{_api.NewId()}}","lines":[{{string.Join(',', lines)}}],"reason":"received"}""");
        Assert.True(answer.Status == 201, answer.Text);
    }

    // The tail is a step behind the answer to the write.
    private async Task CountedAsync(int rows)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Count((await StatsAsync()).GetProperty("latency"), "rows") < rows) patience.Token.ThrowIfCancellationRequested();
    }

    private async Task<JsonElement> StatsAsync() => (await _api.GetAsync("/api/ws/stats", _api.Client(Role.Admin))).Json;

    private static int Count(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
