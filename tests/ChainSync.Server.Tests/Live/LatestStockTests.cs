using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>A shelf display needs each product's level, not how it came to it.</summary>
public sealed class LatestStockTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];

    private ApiHost _host = null!;

    // Real time: the tail polls for what another writer commits.
    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(await TestChain.CreateAsync(), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _host.Chain.DisposeAsync();
    }

    [Theory]
    [InlineData("inventory")]
    [InlineData("store")]
    public async Task What_was_missed_comes_as_each_products_newest_level_and_every_event_that_is_none(string ns)
    {
        const int sales = 4;
        var channel = $"{ns}:{Store}";
        await using var client = await HubClient.ConnectAsync(_host.Address, _host.Token(Role.Manager, Store));
        var position = (await client.SubscribeAsync(channel)).GetProperty("data");
        for (var i = 0; i < sales; i++) await TestSales.SellAsync(_host.Chain, Store, (0, 1_000), (1, 1_000));
        var every = await UntilRestAsync(client);

        await client.SendAsync(
            $$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}","since":{{{position.GetProperty("seq")}}},"epoch":{{{position.GetProperty("epoch").GetRawText()}}},"mode":"latest"}}""");
        await client.UntilAsync("subscribed");
        var latest = await UntilRestAsync(client);

        Assert.Equal(2 * sales, every.Count(IsLevel));
        Assert.Equal([.. every.Where(e => !IsLevel(e)).Concat(every.Where(IsLevel).TakeLast(2)).Select(Place).Order()], latest.Select(Place));
    }

    private static bool IsLevel(JsonElement e) => e.GetProperty("type").GetString() == "inventory:updated";

    private static (long, int) Place(JsonElement e) => (e.GetProperty("seq").GetInt64(), e.TryGetProperty("part", out var part) ? part.GetInt32() : 0);

    /// <summary>The events up to where the log is now, with all that the last row gives.</summary>
    private async Task<List<JsonElement>> UntilRestAsync(HubClient client)
    {
        var head = await _host.Chain.ScalarAsync<long>("select seq from store_head where store_id = $1", Store);
        var events = new List<JsonElement>();
        while (events.Count == 0 || events[^1].GetProperty("seq").GetInt64() < head) await NextAsync();
        await client.SendAsync("""{"type":"ping"}""");
        while (await NextAsync() != "pong")
        {
        }
        return events;

        async Task<string?> NextAsync()
        {
            var frame = await client.NextAsync();
            if (frame.TryGetProperty("seq", out _)) events.Add(frame);
            return frame.GetProperty("type").GetString();
        }
    }
}
