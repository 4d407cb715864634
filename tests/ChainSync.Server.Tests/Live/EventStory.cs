using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Features.Stores;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>A day in which everything happens once that a store can do, and what each kind of person heard of it.</summary>
public sealed class EventStory : IAsyncLifetime
{
    private const string End = "the-end";

    private ApiHost _host = null!;
    private StoreApi _api = null!;

    /// <summary>Who followed the store, and every frame they were sent, in order.</summary>
    public Dictionary<string, IReadOnlyList<JsonElement>> Heard { get; } = [];

    public static Guid Store => StoreApi.Store;

    public Guid CustomerId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _api = new StoreApi(_host);
        CustomerId = _api.NewId();
        var viewers = new Dictionary<string, HubClient>
        {
            ["admin"] = await FollowAsync(Role.Admin),
            ["manager"] = await FollowAsync(Role.Manager),
            ["staff"] = await FollowAsync(Role.Staff),
            ["customer"] = await FollowAsync(Role.Customer, CustomerId),
            ["another customer"] = await FollowAsync(Role.Customer, _api.NewId()),
        };

        await LiveThroughAsync();

        foreach (var (who, client) in viewers)
        {
            Heard[who] = await UntilTheEndAsync(client);
            await client.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<HubClient> FollowAsync(Role role, Guid? customerId = null)
    {
        var person = new Person(_api.NewId(), null, $"{role}", role, [Store], customerId, SecretHash: "");
        var token = _host.Services.GetRequiredService<TokenIssuer>().Issue(person, _api.NewId()).Token;
        var client = await HubClient.ConnectAsync(_host.Address, token);
        await client.SubscribeAsync($"store:{Store}");
        return client;
    }

    private async Task LiveThroughAsync()
    {
        var category = await CategoriesAsync();
        await ProductsAsync(category);
        await CreateAsync("customers", $$"""{"id":"{{CustomerId}}","name":"Ada","email":"ada@example.com","phone":"+44 20 7946 0958"}""");
        Done(await _api.PatchAsync(StoreApi.At($"customers/{CustomerId}"), """{"phone":null,"email":"lovelace@example.com"}"""));

        await AdjustAsync(20_000, "received");
        var sale = await SellAsync(11_000); // 20 → 9: low
        await AdjustAsync(-9_000, "waste"); // 9 → 0: out
        await CreateAsync($"sales/{sale}/refunds", $$"""
            {"id":"{{_api.NewId()}}","lines":[{"lineNo":1,"quantityMilli":1000}],"reason":"leaks",
             "payments":[{"method":"cash","amountMinor":100}],"refundedAt":"2026-01-05T09:00:00Z"}
            """); // 0 → 1: restocked

        foreach (var type in new[] { "notification", "alert", "maintenance" })
            Done(await _api.PostAsync("/api/realtime/websocket", $$$"""{"type":"system:{{{type}}}","data":{"title":"Stock count","message":"At 19:00.\nBring a pen."},"targetChannel":"store:{{{Store}}}"}"""));

        Done(await _api.DeleteAsync(StoreApi.At($"customers/{CustomerId}")));
        await CreateAsync("products", Product(End, null));
    }

    private async Task<Guid> CategoriesAsync()
    {
        var (above, below) = (_api.NewId(), _api.NewId());
        await CreateAsync("categories", $$"""{"id":"{{above}}","name":"Food"}""");
        await CreateAsync("categories", $$"""{"id":"{{below}}","name":"Dairy","parentId":"{{above}}","position":3}""");
        Done(await _api.PatchAsync(StoreApi.At($"categories/{below}"), """{"position":4,"parentId":null}"""));
        Done(await _api.DeleteAsync(StoreApi.At($"categories/{above}")));
        return below;
    }

    private async Task ProductsAsync(Guid category)
    {
        var answer = await CreateAsync("products", Product("MILK-1L", category));
        var path = StoreApi.At($"products/{answer.GetProperty("id").GetGuid()}");
        Done(await _api.PatchAsync(path, """{"name":"Whole milk","priceMinor":209,"categoryId":null}"""));
        Done(await _api.DeleteAsync(path));
    }

    private string Product(string sku, Guid? category) => $$"""
        {"id":"{{_api.NewId()}}","sku":"{{sku}}","name":"Milk","priceMinor":199,"taxClassId":"{{CreateStore.TaxClassId(Store, "standard")}}",
         "categoryId":{{(category is null ? "null" : $"\"{category}\"")}},"barcodes":["{{sku}}"],"lowStockAtMilli":10000}
        """;

    private Task<JsonElement> AdjustAsync(long deltaMilli, string reason) => CreateAsync("stock-adjustments", $$"""
        {"id":"{{_api.NewId()}}","lines":[{"productId":"{{TestChain.ProductId(Store, 0)}}","deltaMilli":{{deltaMilli}}}],"reason":"{{reason}}"}
        """);

    private async Task<Guid> SellAsync(long quantityMilli)
    {
        var sale = TestSales.Of(_host.Chain, Store, (0, quantityMilli)) with { CustomerId = CustomerId };
        await CreateAsync("sales", JsonSerializer.Serialize(sale, ChainSyncJson.Default.RecordSale));
        return sale.Id;
    }

    private async Task<JsonElement> CreateAsync(string path, string body) => Done(await _api.PostAsync(StoreApi.At(path), body));

    private static JsonElement Done(ApiAnswer answer)
    {
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer.Json;
    }

    private static async Task<IReadOnlyList<JsonElement>> UntilTheEndAsync(HubClient client)
    {
        var frames = new List<JsonElement>();
        while (frames.LastOrDefault() is not { ValueKind: JsonValueKind.Object } last || !IsEnd(last))
        {
            var frame = await client.NextAsync();
            if (frame.TryGetProperty("seq", out _)) frames.Add(frame);
        }
        return frames;
    }

    private static bool IsEnd(JsonElement frame) =>
        frame.GetProperty("type").GetString() == "product:created" && frame.GetProperty("data").GetProperty("sku").GetString() == End;
}
