using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>What customers do in the shop front, as those who work in the store see it, and nobody else.</summary>
public sealed class CustomerPresenceTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];
    private static readonly Guid OtherStore = TestChain.StoreIds[1];
    private static readonly Guid Product = TestChain.ProductId(Store, 0);
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);

    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_a_customer_looks_at_reaches_the_staff_of_that_store_and_themself_and_nobody_else()
    {
        var ada = NewCustomer("Ada", Store);
        await using var phone = await FollowAsync(ada.Token, $"products:{Store}");
        await using var tablet = await FollowAsync(ada.Token, $"store:{Store}");
        await using var other = await FollowAsync(NewCustomer("Eve", Store).Token, $"store:{Store}");
        await using var stranger = await WatchAsync($"store:{OtherStore}", Role.Manager, OtherStore);
        await using var cook = await FollowAsync(_host.Token(Role.Staff, Store), $"orders:{Store}");
        await using var staff = await WatchAsync($"customers:{Store}", Role.Staff, Store);
        await using var manager = await WatchAsync($"store:{Store}", Role.Manager, Store);
        await using var admin = await WatchAsync($"customers:{Store}", Role.Admin);

        await PublishAsync(phone, "customer:viewing_product", $$"""{"productId":"{{Product}}","userId":"{{Guid.Empty}}","name":"Somebody else"}""");

        foreach (var client in new[] { staff, manager, admin, tablet })
        {
            var frame = await client.UntilAsync("customer:viewing_product");
            Assert.Equal(($"customers:{Store}", Store), (frame.GetProperty("channel").GetString(), frame.GetProperty("storeId").GetGuid()));
            Assert.Equal(30_000, frame.GetProperty("expiresInMs").GetInt32());
            Assert.False(frame.TryGetProperty("seq", out _));
            Assert.Equal($$"""{"userId":"{{ada.Id}}","productId":"{{Product}}","customerId":"{{ada.CustomerId}}","name":"Ada"}""", frame.GetProperty("data").GetRawText());
        }
        foreach (var client in new[] { phone, other, stranger, cook }) await NothingWaitsAsync(client);
    }

    [Fact]
    public async Task A_cart_and_an_activity_carry_what_was_said()
    {
        var ada = NewCustomer("Ada", Store);
        await using var phone = await FollowAsync(ada.Token, $"products:{Store}");
        await using var staff = await WatchAsync($"customers:{Store}", Role.Staff, Store);

        await PublishAsync(phone, "customer:added_to_cart", $$"""{"productId":"{{Product}}","quantityMilli":1500}""");
        await PublishAsync(phone, "customer:activity", """{"kind":"checkout"}""");

        var cart = (await staff.UntilAsync("customer:added_to_cart")).GetProperty("data");
        Assert.Equal((ada.Id, Product, 1_500), (cart.GetProperty("userId").GetGuid(), cart.GetProperty("productId").GetGuid(), cart.GetProperty("quantityMilli").GetInt32()));
        var activity = await staff.UntilAsync("customer:activity");
        Assert.Equal("checkout", activity.GetProperty("data").GetProperty("kind").GetString());
        Assert.False(activity.TryGetProperty("expiresInMs", out _));
    }

    [Fact]
    public async Task Two_products_in_the_cart_are_both_told_and_of_two_quantities_the_newer()
    {
        await using var phone = await FollowAsync(NewCustomer("Ada", Store).Token, $"products:{Store}");
        await using var staff = await WatchAsync($"customers:{Store}", Role.Staff, Store);
        var second = TestChain.ProductId(Store, 1);

        foreach (var (product, quantity) in new[] { (Product, 1), (second, 2), (Product, 3), (Product, 4) })
            await PublishAsync(phone, "customer:added_to_cart", $$"""{"productId":"{{product}}","quantityMilli":{{quantity}}}""");
        await NothingWaitsAsync(phone);
        _host.Chain.Clock.Advance(Sweep);

        var told = new List<(Guid, int)>();
        while (told.Count < 3)
        {
            var data = (await staff.UntilAsync("customer:added_to_cart")).GetProperty("data");
            told.Add((data.GetProperty("productId").GetGuid(), data.GetProperty("quantityMilli").GetInt32()));
        }
        Assert.Equal([(Product, 1), (second, 2), (Product, 4)], told);
    }

    [Theory]
    [InlineData("customer:viewing_product", """{"productId":"0199a5b0-3c00-7000-8000-000000000001"}""", "common.invalid")]
    [InlineData("customer:viewing_product", """{"productId":7}""", "common.invalid")]
    [InlineData("customer:viewing_product", """{"productId":"nonsense"}""", "common.invalid")]
    [InlineData("customer:viewing_product", "{}", "common.invalid")]
    [InlineData("customer:viewing_product", "[]", "common.invalid")]
    [InlineData("customer:viewing_product", "null", "common.invalid")]
    [InlineData("customer:added_to_cart", """{"productId":"PRODUCT"}""", "common.invalid")]
    [InlineData("customer:added_to_cart", """{"productId":"PRODUCT","quantityMilli":0}""", "common.invalid")]
    [InlineData("customer:added_to_cart", """{"productId":"PRODUCT","quantityMilli":1000000001}""", "common.invalid")]
    [InlineData("customer:added_to_cart", """{"productId":"PRODUCT","quantityMilli":1.5}""", "common.invalid")]
    [InlineData("customer:activity", """{"kind":""}""", "common.invalid")]
    [InlineData("customer:activity", """{"kind":"<b>hello</b>"}""", "common.invalid")]
    [InlineData("customer:activity", """{"kind":"abcdefghijklmnopqrstuvwxyzabcdefg"}""", "common.invalid")]
    [InlineData("customer:online", "{}", "hub.not-publishable")]
    [InlineData("sale:created", "{}", "hub.not-publishable")]
    public async Task What_makes_no_sense_or_is_not_theirs_to_say_is_refused(string type, string data, string code)
    {
        await using var phone = await FollowAsync(NewCustomer("Ada", Store).Token, $"products:{Store}");

        await PublishAsync(phone, type, data.Replace("PRODUCT", Product.ToString(), StringComparison.Ordinal));

        Assert.Equal(code, await ErrorAsync(phone));
    }

    [Fact]
    public async Task Only_customers_publish_and_only_in_their_own_store()
    {
        await using var staff = await WatchAsync($"customers:{Store}", Role.Staff, Store);
        await using var customer = await FollowAsync(NewCustomer("Ada", Store).Token, $"store:{Store}");
        var viewing = $$"""{"productId":"{{Product}}"}""";

        await PublishAsync(staff, "customer:viewing_product", viewing);
        Assert.Equal("hub.not-publishable", await ErrorAsync(staff));
        foreach (var channel in new[] { $"customers:{OtherStore}", $"orders:{Store}", $"store:{Store}", "customers", $"customers:{Store}:x" })
        {
            await PublishAsync(customer, "customer:viewing_product", viewing, channel);
            Assert.Equal("hub.not-publishable", await ErrorAsync(customer));
        }
    }

    [Fact]
    public async Task A_product_that_is_no_longer_sold_is_refused_within_a_minute()
    {
        await using var phone = await FollowAsync(NewCustomer("Ada", Store).Token, $"store:{Store}");
        await PublishAsync(phone, "customer:viewing_product", $$"""{"productId":"{{Product}}"}""");
        await phone.UntilAsync("customer:viewing_product");
        await _host.Chain.ScalarAsync<bool>("update products set active = false where store_id = $1 and id = $2 returning active", Store, Product);

        for (var i = 0; i < 2; i++)
        {
            _host.Chain.Clock.Advance(TimeSpan.FromSeconds(30));
            await phone.UntilAsync("heartbeat"); // answers the protocol ping on the way
            await NothingWaitsAsync(phone);
        }
        await PublishAsync(phone, "customer:viewing_product", $$"""{"productId":"{{Product}}"}""");

        Assert.Equal("common.invalid", await ErrorAsync(phone));
    }

    [Fact]
    public async Task Staff_see_who_is_there_by_socket_and_by_request_and_customers_see_nobody()
    {
        var ada = NewCustomer("Ada", Store);
        await using var staff = await FollowAsync(_host.Token(Role.Staff, Store), $"customers:{Store}");
        Assert.Equal("""{"online":0,"customers":[]}""", await DataAsync(staff, "customer:presence"));

        await using var phone = await FollowAsync(ada.Token, $"products:{Store}");
        await using var tablet = await FollowAsync(ada.Token, $"store:{Store}");
        _host.Chain.Clock.Advance(Sweep);

        var who = $$"""{"userId":"{{ada.Id}}","customerId":"{{ada.CustomerId}}","name":"Ada"}""";
        Assert.Equal($$"""{"userId":"{{ada.Id}}","online":1,"customerId":"{{ada.CustomerId}}","name":"Ada"}""", await DataAsync(staff, "customer:online"));
        await using var manager = await FollowAsync(_host.Token(Role.Manager, Store), $"store:{Store}");
        Assert.Equal($$"""{"online":1,"customers":[{{who}}]}""", await DataAsync(manager, "customer:presence"));
        using var http = _host.Client(Role.Staff, Store);
        Assert.Equal($$"""{"online":1,"customers":[{{who}}]}""", (await GetAsync(http, Store)).Text);
        await NothingWaitsAsync(phone);
        await NothingWaitsAsync(tablet);
    }

    [Fact]
    public async Task A_customer_has_left_ten_seconds_after_the_last_of_their_tabs()
    {
        var ada = NewCustomer("Ada", Store);
        await using var staff = await WatchAsync($"customers:{Store}", Role.Staff, Store);
        await using var phone = await FollowAsync(ada.Token, $"products:{Store}");
        _host.Chain.Clock.Advance(Sweep);
        await DataAsync(staff, "customer:online");
        await phone.SendAsync($$$"""{"type":"unsubscribe","data":{"channel":"products:{{{Store}}}"}}""");
        await phone.UntilAsync("unsubscribed");

        _host.Chain.Clock.Advance(TimeSpan.FromSeconds(10) - Sweep);
        await NothingWaitsAsync(staff);
        _host.Chain.Clock.Advance(Sweep);

        Assert.StartsWith($$"""{"userId":"{{ada.Id}}","online":0,""", await DataAsync(staff, "customer:offline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_there_is_told_to_those_who_work_in_the_store_only()
    {
        using var otherManager = _host.Client(Role.Manager, OtherStore);
        using var customer = _host.Client(Role.Customer, Store);
        using var admin = _host.Client(Role.Admin);
        using var guest = _host.Anonymous();

        Assert.Equal(404, (await GetAsync(otherManager, Store)).Status);
        Assert.Equal(404, (await GetAsync(customer, Store)).Status);
        Assert.Equal(401, (await GetAsync(guest, Store)).Status);
        Assert.Equal(200, (await GetAsync(admin, Store)).Status);
        Assert.Equal(404, (await GetAsync(admin, Ids.New(_host.Chain.Clock))).Status);
    }

    private (Guid Id, Guid CustomerId, string Token) NewCustomer(string name, Guid store)
    {
        var (id, customerId) = (Ids.New(_host.Chain.Clock), Ids.New(_host.Chain.Clock));
        var person = new Person(id, null, name, Role.Customer, [store], customerId, SecretHash: "");
        return (id, customerId, _host.Services.GetRequiredService<TokenIssuer>().Issue(person, Ids.New(_host.Chain.Clock)).Token);
    }

    private async Task<HubClient> FollowAsync(string token, string channel)
    {
        var client = await HubClient.ConnectAsync(_host.Address, token, fleeting: true);
        await client.SubscribeAsync(channel);
        return client;
    }

    /// <summary>Somebody who works in a store is told who is there as soon as they follow.</summary>
    private async Task<HubClient> WatchAsync(string channel, Role role, params Guid[] stores)
    {
        var client = await FollowAsync(_host.Token(role, stores), channel);
        await NextEventAsync(client, "customer:presence");
        return client;
    }

    private static Task PublishAsync(HubClient client, string type, string data, string? channel = null) =>
        client.SendAsync($$$"""{"type":"publish","data":{"channel":"{{{channel ?? $"customers:{Store}"}}}","event":"{{{type}}}","data":{{{data}}} } }""");

    private static async Task<string?> ErrorAsync(HubClient client)
    {
        var frame = await client.NextAsync();
        Assert.Equal("error", frame.GetProperty("type").GetString());
        return frame.GetProperty("data").GetProperty("code").GetString();
    }

    private static async Task<string> DataAsync(HubClient client, string type) => (await NextEventAsync(client, type)).GetProperty("data").GetRawText();

    private static async Task<JsonElement> NextEventAsync(HubClient client, string type)
    {
        var frame = await client.NextAsync();
        Assert.Equal(type, frame.GetProperty("type").GetString());
        return frame;
    }

    /// <summary>Frames keep their order, so what was sent before the ping would come before its answer.</summary>
    private static async Task NothingWaitsAsync(HubClient client)
    {
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", (await client.NextAsync()).GetProperty("type").GetString());
    }

    private static async Task<ApiAnswer> GetAsync(HttpClient client, Guid store) => await ApiAnswer.OfAsync(await client.GetAsync($"/api/stores/{store}/presence"));
}
