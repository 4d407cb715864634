using System.Text;
using System.Text.Json;

namespace ChainSync.Realtime.Tests;

public sealed class BatchSubscribeTests
{
    [Fact]
    public async Task One_frame_follows_many_channels_each_from_its_own_place()
    {
        await using var host = await HubHost.StartAsync();
        for (var i = 0; i < 3; i++) host.Publish("s1", "orders:s1");
        host.Publish("s2", "orders:s2");
        await using var client = await host.ConnectAsync();

        await client.SendAsync("subscribe", """
            {"channels":[{"channel":"orders:s1","since":2,"epoch":"e1"},{"channel":"products:s1","since":0,"epoch":"another"},{"channel":"orders:s2"}]}
            """);

        Assert.Equal(("orders:s1", true), Answer(await client.ExpectAsync("subscribed")));
        await client.ExpectEventAsync("orders:s1", 3);
        await client.ExpectAsync("heartbeat");
        Assert.Equal("products:s1", (await client.ExpectAsync("resync")).GetProperty("channel").GetString());
        Assert.Equal(("products:s1", false), Answer(await client.ExpectAsync("subscribed")));
        Assert.Equal(("orders:s2", false), Answer(await client.ExpectAsync("subscribed")));
        host.Publish("s2", "orders:s2");
        await client.ExpectEventAsync("orders:s2", 2);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_met_costs_the_others_nothing()
    {
        await using var host = await HubHost.StartAsync();
        host.Publish("s1", "orders:s1");
        host.Publish("s2", "orders:s2");
        await using var client = await host.ConnectAsync("bob/staff");

        await client.SendAsync("subscribe", """
            {"channels":[{"channel":"payments:s1"},{"channel":"orders:s1","since":1},{},{"channel":"store:s2"},{"channel":"orders:s2"},"orders:s1"]}
            """);

        // Refusals come at once, answers when their catch-up is done: each kind in its order.
        var frames = new List<JsonElement>();
        for (var i = 0; i < 6; i++) frames.Add((await client.NextAsync())!.Value);
        var answers = frames.ToLookup(f => f.GetProperty("type").GetString(), f => f.GetProperty("data"));
        Assert.Equal(
            [("common.not-found", "payments:s1"), ("hub.invalid", "orders:s1"), ("hub.invalid", null), ("hub.overlap", "orders:s2")],
            answers["error"].Select(Refusal));
        Assert.Equal([("store:s2", false), ("orders:s1", false)], answers["subscribed"].Select(Answer));
    }

    [Fact]
    public async Task One_frame_ends_many_and_says_so_of_each()
    {
        await using var host = await HubHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync("subscribe", """{"channels":["orders:s1","orders:s2","products:s1"]}""");
        for (var i = 0; i < 3; i++) await client.ExpectAsync("subscribed");

        await client.SendAsync("unsubscribe", """{"channels":["orders:s1","payments:s1","products:s1"]}""");

        Assert.Equal("orders:s1", (await client.ExpectAsync("unsubscribed")).GetProperty("channel").GetString());
        Assert.Equal(("hub.not-subscribed", "payments:s1"), Refusal(await client.ExpectAsync("error")));
        Assert.Equal("products:s1", (await client.ExpectAsync("unsubscribed")).GetProperty("channel").GetString());
        host.Publish("s1", "orders:s1");
        host.Publish("s2", "orders:s2");
        await client.ExpectEventAsync("orders:s2", 1);
    }

    [Theory]
    [InlineData("""{"channels":[]}""", "hub.invalid")]
    [InlineData("""{"channels":["orders:s1"],"channel":"orders:s2"}""", "hub.invalid")]
    [InlineData("""{"channels":["orders:s1"],"namespace":"orders"}""", "hub.invalid")]
    [InlineData("""{"channels":["orders:s1"],"since":0,"epoch":"e1"}""", "hub.invalid")]
    [InlineData("""{"channels":"orders:s1"}""", "hub.malformed")]
    [InlineData("""{"channels":["orders:s1",7]}""", "hub.malformed")]
    [InlineData("""{"channels":[["orders:s1"]]}""", "hub.malformed")]
    [InlineData("""{"channels":[{"channel":"orders:s1","since":-1,"epoch":"e1"}]}""", "hub.malformed")]
    [InlineData("""{"channels":["a","b","c","d"]}""", "hub.too-many-subscriptions")]
    public async Task A_batch_that_makes_no_sense_is_refused_as_a_whole(string data, string code)
    {
        await using var host = await HubHost.StartAsync(o => o.MaxSubscriptions = 3);
        await using var client = await host.ConnectAsync();

        await client.SendAsync("subscribe", data);
        await client.ExpectErrorAsync(code);
        await client.SendAsync("unsubscribe", data);
        await client.ExpectErrorAsync(code);

        Assert.Empty(host.Hub.Statistics().Subscriptions);
    }

    [Fact]
    public async Task A_batch_counts_as_one_frame_and_fills_a_connection_to_its_limit()
    {
        const int limit = 1_000;
        await using var host = await HubHost.StartAsync(o => (o.MaxFramesPerMinute, o.MaxSubscriptions) = (2, limit));
        host.Authority.Shops = [.. Enumerable.Range(0, limit).Select(i => $"s{i}")];
        await using var client = await host.ConnectAsync();

        await client.SendAsync("subscribe", Batch(Enumerable.Range(0, limit).Select(i => $"orders:s{i}")));

        for (var i = 0; i < limit; i++) Assert.Equal(($"orders:s{i}", false), Answer(await client.ExpectAsync("subscribed")));
        Assert.Equal(limit, host.Hub.Statistics().Subscriptions["orders"]);
        await client.SendAsync("ping");
        await client.ExpectErrorAsync("hub.rate-limited");
    }

    private static string Batch(IEnumerable<string> channels)
    {
        var json = new StringBuilder("{\"channels\":[");
        json.AppendJoin(',', channels.Select(c => $$"""{"channel":"{{c}}"}"""));
        return json.Append("]}").ToString();
    }

    private static (string?, bool) Answer(System.Text.Json.JsonElement data) => (data.GetProperty("channel").GetString(), data.GetProperty("recovered").GetBoolean());

    private static (string?, string?) Refusal(System.Text.Json.JsonElement data) =>
        (data.GetProperty("code").GetString(), data.TryGetProperty("channel", out var channel) ? channel.GetString() : null);
}
