using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>From a committed sale to the frames of those who may see it.</summary>
public sealed class LiveEventTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];
    private static readonly Guid OtherStore = TestChain.StoreIds[1];

    private ApiHost _host = null!;

    // Real time: the tail polls for what another writer commits.
    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(await TestChain.CreateAsync(), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _host.Chain.DisposeAsync();
    }

    [Fact]
    public async Task A_sale_reaches_those_who_may_see_it_in_order_and_nobody_else()
    {
        await using var manager = await ConnectAsync(Role.Manager, Store);
        await using var staff = await ConnectAsync(Role.Staff, Store);
        await using var stranger = await ConnectAsync(Role.Manager, OtherStore);
        await manager.SubscribeAsync($"store:{Store}");
        await staff.SubscribeAsync($"store:{Store}");
        await stranger.SubscribeAsync($"store:{OtherStore}");

        await TestSales.SellAsync(_host.Chain, Store, (0, 1_000), (1, 1_000));
        await TestSales.SellAsync(_host.Chain, OtherStore, (2, 1_000));

        Assert.Equal(["sale:created", "payment:received", "inventory:updated", "inventory:updated"], await TypesAsync(manager, 4));
        Assert.Equal(["sale:created", "inventory:updated", "inventory:updated"], await TypesAsync(staff, 3)); // payments are not for staff
        var first = await stranger.NextAsync();
        Assert.Equal(OtherStore, first.GetProperty("storeId").GetGuid()); // their own sale, with nothing of the other store before it
    }

    [Fact]
    public async Task Another_stores_channel_and_one_that_does_not_exist_are_refused_alike()
    {
        await using var stranger = await ConnectAsync(Role.Manager, OtherStore);
        var codes = new List<string?>();
        foreach (var channel in new[] { $"orders:{Store}", $"orders:{Guid.Empty}", "orders:nonsense", $"system:{OtherStore}", $"secrets:{OtherStore}" })
        {
            await stranger.SendAsync($$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}"}}""");
            codes.Add((await stranger.NextAsync()).GetProperty("data").GetProperty("code").GetString());
        }

        Assert.All(codes, code => Assert.Equal("common.not-found", code));
    }

    [Fact]
    public async Task A_client_that_comes_back_is_sent_exactly_what_it_missed()
    {
        long seq;
        Guid epoch;
        await using (var first = await ConnectAsync(Role.Manager, Store))
        {
            var subscribed = await first.SubscribeAsync($"orders:{Store}");
            (seq, epoch) = (subscribed.GetProperty("data").GetProperty("seq").GetInt64(), subscribed.GetProperty("data").GetProperty("epoch").GetGuid());
        }
        for (var i = 0; i < 5; i++) await TestSales.SellAsync(_host.Chain, Store, (i, 1_000));

        await using var back = await ConnectAsync(Role.Manager, Store);
        var resumed = await back.SubscribeAsync($"orders:{Store}", seq, epoch);
        var seqs = new List<long>();
        for (var i = 0; i < 5; i++) seqs.Add((await back.UntilAsync("sale:created")).GetProperty("seq").GetInt64());

        Assert.True(resumed.GetProperty("data").GetProperty("recovered").GetBoolean());
        Assert.Equal([seq + 1, seq + 3, seq + 5, seq + 7, seq + 9], seqs); // each sale and one stock row
    }

    [Fact]
    public async Task A_position_of_another_epoch_is_answered_with_resync()
    {
        await using var client = await ConnectAsync(Role.Manager, Store);
        await client.SendAsync($$$"""{"type":"subscribe","data":{"channel":"orders:{{{Store}}}","since":1,"epoch":"{{{Guid.Empty}}}"}}""");

        Assert.Equal($"orders:{Store}", (await client.UntilAsync("resync")).GetProperty("data").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Every_path_of_the_hub_answers()
    {
        foreach (var path in new[] { "/ws", "/ws/notifications", "/api/ws" })
        {
            await using var client = await HubClient.ConnectAsync(_host.Address, Token(Role.Staff, Store), path);
            await client.SendAsync("""{"type":"ping"}""");
            await client.UntilAsync("pong");
        }
    }

    private string Token(Role role, Guid store) => _host.Token(role, store);

    private Task<HubClient> ConnectAsync(Role role, Guid store) => HubClient.ConnectAsync(_host.Address, Token(role, store));

    private static async Task<List<string?>> TypesAsync(HubClient client, int count)
    {
        var frames = new List<JsonElement>();
        for (var i = 0; i < count; i++) frames.Add(await client.NextAsync());
        Assert.Equal(frames.Select(f => f.GetProperty("seq").GetInt64()).Order(), frames.Select(f => f.GetProperty("seq").GetInt64()));
        return [.. frames.Select(f => f.GetProperty("type").GetString())];
    }
}
