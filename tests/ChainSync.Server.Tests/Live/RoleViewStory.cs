using System.Globalization;
using System.Net.Http.Headers;
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

/// <summary>
/// Everything that REST shows is changed in every way there is; after each change each kind of person looks at it, and in the end it is
/// known what each of them heard, by every way of hearing it.
/// </summary>
public sealed class RoleViewStory : IAsyncLifetime
{
    /// <summary>How frames come to somebody.</summary>
    public static readonly IReadOnlyList<string> Ways = ["live", "live by channels", "memory", "log", "log, latest"];

    /// <summary>Everybody there is, by the namespaces that they may follow.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Viewers = new Dictionary<string, string[]>
    {
        ["admin"] = ["orders", "customers", "products", "inventory", "payments", "system"],
        ["manager"] = ["orders", "customers", "products", "inventory", "payments"],
        ["staff"] = ["orders", "customers", "products", "inventory"],
        ["customer"] = ["orders", "products", "payments"],
        ["another customer"] = ["orders", "products", "payments"],
    };

    private readonly Dictionary<string, HttpClient> _http = [];
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<(string Viewer, string Way), HubClient> _following = [];
    private ApiHost _host = null!;
    private StoreApi _api = null!;
    private Guid _customer;
    private long _start;
    private long _head;

    /// <summary>The changes, in order.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>The products and categories that each viewer loaded before the first change, and those after the last.</summary>
    public Dictionary<string, (Dictionary<Guid, JsonElement> First, Dictionary<Guid, JsonElement> Last)> Shelves { get; } = [];

    /// <summary>What each viewer heard by each way, in order.</summary>
    public Dictionary<(string Viewer, string Way), IReadOnlyList<JsonElement>> Heard { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var chain = await TestChain.CreateAsync();
        _host = await ApiHost.StartAsync(chain);
        _api = new StoreApi(_host);
        (_customer, _start) = (_api.NewId(), await _api.HeadAsync());
        _head = _start;
        foreach (var viewer in Viewers.Keys) await EnterAsync(viewer);
        await LiveThroughAsync();
        foreach (var viewer in Viewers.Keys) Shelves[viewer] = Shelves[viewer] with { Last = await ShelfAsync(viewer) };

        await using var restarted = await ApiHost.StartAsync(chain);
        foreach (var viewer in Viewers.Keys) await ComeBackAsync(viewer, restarted.Address);
        foreach (var (key, client) in _following) Heard[key] = await UntilTheEndAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _following.Values) await client.DisposeAsync();
        foreach (var client in _http.Values) client.Dispose();
        await _host.DisposeAsync();
        await _host.Chain.DisposeAsync();
    }

    private async Task EnterAsync(string viewer)
    {
        var (role, customer) = viewer switch
        {
            "customer" => (Role.Customer, _customer),
            "another customer" => (Role.Customer, _api.NewId()),
            _ => (RoleNames.Parse(viewer), (Guid?)null),
        };
        var person = new Person(_api.NewId(), null, viewer, role, [StoreApi.Store], customer, SecretHash: "");
        _tokens[viewer] = _host.Services.GetRequiredService<TokenIssuer>().Issue(person, _api.NewId()).Token;
        _http[viewer] = _host.Anonymous();
        _http[viewer].DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[viewer]);
        Shelves[viewer] = (await ShelfAsync(viewer), []);
        await FollowAsync(viewer, "live", _host.Address, [$"store:{StoreApi.Store}"], since: null, "all");
        await FollowAsync(viewer, "live by channels", _host.Address, Viewers[viewer].Select(ns => $"{ns}:{StoreApi.Store}"), since: null, "all");
    }

    private async Task ComeBackAsync(string viewer, Uri restarted)
    {
        await FollowAsync(viewer, "memory", _host.Address, [$"store:{StoreApi.Store}"], _start, "all");
        await FollowAsync(viewer, "log", restarted, [$"store:{StoreApi.Store}"], _start, "all");
        await FollowAsync(viewer, "log, latest", restarted, [$"store:{StoreApi.Store}"], _start, "latest");
    }

    private async Task FollowAsync(string viewer, string way, Uri server, IEnumerable<string> channels, long? since, string mode)
    {
        var client = _following[(viewer, way)] = await HubClient.ConnectAsync(server, _tokens[viewer]);
        var epoch = await _host.Chain.ScalarAsync<Guid>("select epoch from store_head where store_id = $1", StoreApi.Store);
        var place = since is null ? "" : $$""","since":{{since}},"epoch":"{{epoch}}" """;
        foreach (var channel in channels)
        {
            await client.SendAsync($$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}","mode":"{{{mode}}}"{{{place}}}}}""");
            await client.UntilAsync("subscribed");
        }
    }

    private async Task LiveThroughAsync()
    {
        await CategoriesAsync();
        await ProductsAsync();
        await PeopleAndSalesAsync();
    }

    private async Task CategoriesAsync()
    {
        var id = _api.NewId();
        await StepAsync([Category(id)], () => _api.PostAsync(StoreApi.At("categories"), $$"""{"id":"{{id}}","name":"Dairy","position":3}"""));
        foreach (var patch in new[] { """{"position":4}""", """{"active":false}""", """{"name":"Milk"}""", """{"active":true,"position":5}""" })
            await StepAsync([Category(id)], () => _api.PatchAsync(StoreApi.At($"categories/{id}"), patch));
        await StepAsync([Category(id)], () => _api.DeleteAsync(StoreApi.At($"categories/{id}")));
    }

    private async Task ProductsAsync()
    {
        string[] edits =
        [
            """{"name":"Whole milk","priceMinor":209,"categoryId":null}""", """{"lowStockAtMilli":7000}""", """{"lowStockAtMilli":6000,"name":"Milk"}""",
            """{"active":false,"priceMinor":219}""", """{"priceMinor":229,"name":"Old milk"}""", """{"active":true,"barcodes":["4006381333931","x"]}""",
            """{"priceMinor":239}""",
        ];
        var shown = _api.NewId();
        await StepAsync([Product(shown)], () => CreateProductAsync(shown, active: true));
        foreach (var edit in edits) await StepAsync([Product(shown)], () => _api.PatchAsync(StoreApi.At($"products/{shown}"), edit));
        await StepAsync([Product(shown)], () => _api.DeleteAsync(StoreApi.At($"products/{shown}")));

        var hidden = _api.NewId();
        await StepAsync([Product(hidden)], () => CreateProductAsync(hidden, active: false));
        await StepAsync([Product(hidden)], () => _api.PatchAsync(StoreApi.At($"products/{hidden}"), """{"name":"Secret"}"""));
        await StepAsync([Product(hidden)], () => _api.PatchAsync(StoreApi.At($"products/{hidden}"), """{"active":true}"""));
    }

    private async Task PeopleAndSalesAsync()
    {
        var customer = new Thing("customer", _customer, $"customers/{_customer}");
        await StepAsync([customer], () => _api.PostAsync(StoreApi.At("customers"), $$"""{"id":"{{_customer}}","name":"Ada","email":"ada@example.com","phone":"+44"}"""));
        await StepAsync([customer], () => _api.PatchAsync(StoreApi.At($"customers/{_customer}"), """{"phone":null,"name":"Ada L."}"""));

        var product = Product(TestChain.ProductId(StoreApi.Store, 0));
        await StepAsync([product], () => _api.PostAsync(StoreApi.At("stock-adjustments"), $$"""
            {"id":"{{_api.NewId()}}","lines":[{"productId":"{{product.Id}}","deltaMilli":20000}],"reason":"received"}
            """));
        await SellAndRefundAsync(product, _customer);
        await SellAndRefundAsync(product, customerId: null);
        await StepAsync([customer], () => _api.DeleteAsync(StoreApi.At($"customers/{_customer}")));
        // Everybody hears this one.
        await StepAsync([Product(product.Id)], () => _api.PatchAsync(StoreApi.At($"products/{product.Id}"), """{"name":"The end"}"""));
    }

    private async Task SellAndRefundAsync(Thing product, Guid? customerId)
    {
        var sold = TestSales.Of(_host.Chain, StoreApi.Store, (0, 11_000)) with { CustomerId = customerId };
        var sale = new Thing("sale", sold.Id, $"sales/{sold.Id}");
        var refund = new Thing("refund", _api.NewId(), $"sales/{sold.Id}/refunds");
        await StepAsync([sale, product], () => _api.PostAsync(StoreApi.At("sales"), JsonSerializer.Serialize(sold, ChainSyncJson.Default.RecordSale)));
        await StepAsync([refund, sale, product], () => _api.PostAsync(StoreApi.At(refund.Path), $$"""
            {"id":"{{refund.Id}}","lines":[{"lineNo":1,"quantityMilli":1000}],"reason":"leaks",
             "payments":[{"method":"cash","amountMinor":100}],"refundedAt":"2026-01-05T09:00:00Z"}
            """));
    }

    private Task<ApiAnswer> CreateProductAsync(Guid id, bool active) => _api.PostAsync(StoreApi.At("products"), $$"""
        {"id":"{{id}}","sku":"{{id}}","name":"Milk","priceMinor":199,"taxClassId":"{{CreateStore.TaxClassId(StoreApi.Store, "standard")}}",
         "barcodes":["{{id}}"],"lowStockAtMilli":9000,"active":{{(active ? "true" : "false")}}}
        """);

    private static Thing Product(Guid id) => new("product", id, $"products/{id}");

    private static Thing Category(Guid id) => new("category", id, "categories");

    private async Task StepAsync(IReadOnlyList<Thing> things, Func<Task<ApiAnswer>> write)
    {
        var before = await ShownAsync(things);
        var answer = await write();
        Assert.True(answer.Status is 200 or 201, answer.Text);
        var seq = long.Parse(answer.Headers.GetValues("ChainSync-Seq").Single(), CultureInfo.InvariantCulture);
        Steps.Add(new(_head, seq, before, await ShownAsync(things)));
        _head = seq;
    }

    private async Task<Dictionary<(string Viewer, Guid Id), JsonElement>> ShownAsync(IReadOnlyList<Thing> things)
    {
        var shown = new Dictionary<(string, Guid), JsonElement>();
        foreach (var viewer in Viewers.Keys)
        {
            foreach (var thing in things)
                if (await FindAsync(viewer, thing) is { } seen) shown[(viewer, thing.Id)] = seen;
        }
        return shown;
    }

    private async Task<JsonElement?> FindAsync(string viewer, Thing thing)
    {
        if (thing.Kind == "category") return (await ListAsync(viewer, thing.Path)).TryGetValue(thing.Id, out var category) ? category : null;
        var answer = await _api.GetAsync(StoreApi.At(thing.Path), _http[viewer]);
        if (answer.Status == 404) return null;
        Assert.True(answer.Status == 200, answer.Text);
        if (thing.Kind != "refund") return answer.Json;
        return answer.Json.GetProperty("items").EnumerateArray().Where(r => r.GetProperty("id").GetGuid() == thing.Id).Cast<JsonElement?>().SingleOrDefault();
    }

    private async Task<Dictionary<Guid, JsonElement>> ShelfAsync(string viewer) =>
        (await ListAsync(viewer, "products")).Concat(await ListAsync(viewer, "categories")).ToDictionary();

    // Whoever may not see what is archived is shown what is not, whatever they ask for.
    private async Task<Dictionary<Guid, JsonElement>> ListAsync(string viewer, string path)
    {
        var items = new Dictionary<Guid, JsonElement>();
        foreach (var active in new[] { "true", "false" })
        {
            var answer = await _api.GetAsync(StoreApi.At($"{path}?limit=500&active={active}"), _http[viewer]);
            Assert.True(answer.Status == 200, answer.Text);
            foreach (var item in answer.Json.GetProperty("items").EnumerateArray()) items[item.GetProperty("id").GetGuid()] = item;
        }
        return items;
    }

    private async Task<IReadOnlyList<JsonElement>> UntilTheEndAsync(HubClient client)
    {
        var frames = new List<JsonElement>();
        do
        {
            var frame = await client.NextAsync();
            if (frame.TryGetProperty("seq", out _)) frames.Add(frame);
        }
        while (frames.Count == 0 || frames[^1].GetProperty("seq").GetInt64() < _head);
        return frames;
    }

    /// <summary>Something that REST shows.</summary>
    private sealed record Thing(string Kind, Guid Id, string Path);

    /// <summary>One change.</summary>
    /// <param name="After">The position before it.</param>
    /// <param name="Seq">The position of its last row.</param>
    /// <param name="Before">What each viewer was shown of the things it concerns just before; nothing where REST has nothing for them.</param>
    /// <param name="Shown">The same just after it.</param>
    public sealed record Step(
        long After, long Seq, Dictionary<(string Viewer, Guid Id), JsonElement> Before, Dictionary<(string Viewer, Guid Id), JsonElement> Shown);
}
