using System.Globalization;
using System.Text.Json.Nodes;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Stores;
using ChainSync.TestKit;
using Xunit;
using static ChainSync.Server.Tests.StoreApi;

namespace ChainSync.Server.Tests.Products;

public sealed class ProductApiTests : IAsyncLifetime
{
    private static readonly Guid First = TestChain.ProductId(Store, 0);

    private StoreApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_product_is_created_read_back_and_found_by_each_of_its_barcodes()
    {
        var body = Body(barcodes: ["2000000000015", "2000000000022"]);
        var created = await _api.PostAsync(At("products"), body.ToJsonString());
        var path = At($"products/{created.Json.GetProperty("id").GetGuid()}");
        var read = await _api.GetAsync(path, _api.Staff);

        Assert.Equal(201, created.Status);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal(1, created.Json.GetProperty("syncVersion").GetInt64());
        Assert.Equal(read.Text, (await _api.GetAsync(At("products/by-barcode/2000000000015"), _api.Staff)).Text);
        Assert.Equal(read.Text, (await _api.GetAsync(At("products/by-barcode/2000000000022"), _api.Staff)).Text);
        Assert.Equal("common.not-found", (await _api.GetAsync(At("products/by-barcode/200000000001"))).Code);
    }

    // Pages of 20 look through 210 names before they ask the index: words that fill a page of them, just do, do not, and are not there.
    [Theory]
    [InlineData("common", 1)]
    [InlineData("tenth", 10)]
    [InlineData("eleventh", 11)]
    [InlineData("hundredth", 100)]
    [InlineData("common tenth eleventh", 110)]
    [InlineData("nowhere", 0)]
    public async Task A_search_pages_through_exactly_its_hits_by_name_however_many(string typed, int every)
    {
        await using (var insert = _api.Chain.Source.CreateCommand("""
            insert into products (store_id, id, sku, name, price_minor, tax_class_id, active, sync_version, last_synced_at)
            select store_id, gen_random_uuid(), 'N' || n, to_char(n, '0000') || ' common' || case when n % 10 = 0 then ' tenth' else '' end ||
              case when n % 11 = 0 then ' eleventh' else '' end || case when n % 100 = 0 then ' hundredth' else '' end, 100, tax_class_id, true, 1, now()
            from products p, generate_series(1, 660) n where p.id = $1
            """))
        {
            insert.Parameters.Add(new() { Value = First });
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var names = await _api.NamesAsync(At("products?limit=20&q=" + Uri.EscapeDataString(typed)));

        var found = names.Select(name => int.Parse(name.AsSpan(1, 4), CultureInfo.InvariantCulture));
        Assert.Equal(every == 0 ? [] : Enumerable.Range(1, 660).Where(n => n % every == 0), found);
    }

    [Fact]
    public async Task A_repeat_is_answered_with_the_first_answer_and_another_body_is_refused()
    {
        var (body, operation) = (Body(), _api.NewId());
        var first = await _api.PostAsync(At("products"), body.ToJsonString(), operationId: operation);
        var second = await _api.PostAsync(At("products"), body.ToJsonString(), operationId: operation);
        body["name"] = "Another";

        Assert.Equal(first.Text, second.Text);
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        await _api.RefusedAsync("operation.reused", () => _api.PostAsync(At("products"), body.ToJsonString(), operationId: operation));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_logs_only_that()
    {
        var patched = await _api.PatchAsync(At($"products/{First}"), """{"priceMinor":250,"barcodes":["20001","20002"]}""", version: 1);

        Assert.Equal((200, 2L, 250L), (patched.Status, patched.Json.GetProperty("syncVersion").GetInt64(), patched.Json.GetProperty("priceMinor").GetInt64()));
        Assert.Equal("Product 0", patched.Json.GetProperty("name").GetString());
        Assert.Equal("""{"priceMinor":250,"barcodes":["20001","20002"]}""", await _api.Chain.ScalarAsync<string>(
            "select after from change_log where store_id = $1 order by seq desc limit 1", Store));
        Assert.Equal("common.not-found", (await _api.GetAsync(At("products/by-barcode/4000000000000"))).Code);
        Assert.Equal(First, (await _api.GetAsync(At("products/by-barcode/20002"))).Json.GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("products", """{"priceMinor":100}""")]
    [InlineData("products", "{}")]
    [InlineData("categories", """{"name":"Food","parentId":null}""")]
    [InlineData("customers", """{"name":"Ada"}""")]
    public async Task A_patch_that_changes_nothing_is_answered_and_leaves_no_trace(string path, string patch)
    {
        var id = path == "products" ? First : await AddAsync(path);
        var (head, before) = (await _api.HeadAsync(), await _api.GetAsync(At(path)));
        var operation = _api.NewId();

        var answer = await _api.PatchAsync(At($"{path}/{id}"), patch, operationId: operation);
        var again = await _api.PatchAsync(At($"{path}/{id}"), patch, operationId: operation);

        Assert.Equal((200, 1), (answer.Status, answer.Json.GetProperty("syncVersion").GetInt32()));
        Assert.Equal(head.ToString(CultureInfo.InvariantCulture), answer.Headers.GetValues("ChainSync-Seq").Single());
        Assert.Equal(answer.Text, again.Text);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(head, await _api.HeadAsync());
        Assert.Equal(before.Text, (await _api.GetAsync(At(path))).Text);
    }

    [Fact]
    public async Task Null_in_a_patch_removes_what_may_be_absent_and_nothing_else()
    {
        var category = _api.NewId();
        await _api.PostAsync(At("categories"), $$"""{"id":"{{category}}","name":"Drinks"}""");
        await _api.PatchAsync(At($"products/{First}"), $$"""{"categoryId":"{{category}}"}""");
        var removed = await _api.PatchAsync(At($"products/{First}"), """{"categoryId":null}""");

        Assert.False(removed.Json.TryGetProperty("categoryId", out _));
        await _api.RefusedAsync("common.malformed-json", () => _api.PatchAsync(At($"products/{First}"), """{"name":null}"""));
    }

    [Fact]
    public async Task A_patch_made_on_an_older_version_is_refused_and_one_that_names_none_is_applied()
    {
        await _api.PatchAsync(At($"products/{First}"), """{"priceMinor":250}""", version: 1);

        await _api.RefusedAsync("common.version-conflict", () => _api.PatchAsync(At($"products/{First}"), """{"name":"Late"}""", version: 1));
        await _api.RefusedAsync("common.version-conflict", () => _api.DeleteAsync(At($"products/{First}"), version: 1));
        Assert.Equal(200, (await _api.PatchAsync(At($"products/{First}"), """{"name":"Later"}""")).Status);
    }

    [Fact]
    public async Task Deleting_archives_and_the_product_can_come_back()
    {
        var deleted = await _api.DeleteAsync(At($"products/{First}"));

        Assert.Equal((200, false), (deleted.Status, deleted.Json.GetProperty("active").GetBoolean()));
        Assert.DoesNotContain("Product 0", await _api.NamesAsync(At("products")));
        Assert.Equal(["Product 0"], await _api.NamesAsync(At("products?active=false")));
        Assert.Equal(200, (await _api.GetAsync(At($"products/{First}"))).Status);
        Assert.Equal(404, (await _api.GetAsync(At($"products/{First}"), _api.Guest)).Status);
        Assert.Empty(await _api.NamesAsync(At("products?barcode=4000000000000"), _api.Guest));

        await _api.PatchAsync(At($"products/{First}"), """{"active":true}""");

        Assert.Equal(200, (await _api.GetAsync(At($"products/{First}"), _api.Guest)).Status);
    }

    [Fact]
    public async Task Guests_and_customers_see_what_is_on_offer_without_the_shops_own_figures()
    {
        var seen = (await _api.GetAsync(At($"products/{First}"), _api.Guest)).Json;
        var own = (await _api.GetAsync(At($"products/{First}"), _api.Staff)).Json;
        var customer = await _api.GetAsync(At("products?active=false"), _api.Client(Role.Customer, OtherStore));

        Assert.False(seen.TryGetProperty("lowStockAtMilli", out _) || seen.TryGetProperty("reservedMilli", out _));
        Assert.True(own.TryGetProperty("lowStockAtMilli", out _) && own.TryGetProperty("reservedMilli", out _));
        Assert.Equal(TestChain.ProductsPerStore, customer.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Only_managers_of_the_store_write()
    {
        var body = Body().ToJsonString();

        await _api.RefusedAsync("auth.missing", () => _api.PostAsync(At("products"), body, _api.Guest));
        await _api.RefusedAsync("common.forbidden", () => _api.PostAsync(At("products"), body, _api.Staff));
        await _api.RefusedAsync("common.not-found", () => _api.PostAsync(At("products"), body, _api.Client(Role.Customer)));
        await _api.RefusedAsync("common.not-found", () => _api.PostAsync(At("products"), body, _api.Client(Role.Manager, OtherStore)));
        await _api.RefusedAsync("common.not-found", () => _api.GetAsync(At("products"), _api.Client(Role.Manager, OtherStore)));
        await _api.RefusedAsync("common.not-found", () => _api.PatchAsync(At($"products/{TestChain.ProductId(OtherStore, 0)}"), """{"priceMinor":1}"""));
    }

    [Fact]
    public async Task Somebody_with_a_bad_token_is_told_so_where_guests_may_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("products"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer nonsense");

        Assert.Equal("auth.invalid", (await ApiAnswer.OfAsync(await _api.Guest.SendAsync(request))).Code);
    }

    [Theory]
    [InlineData("water", "Sparkling Water, Spring water 0.5l")]
    [InlineData("WAT spar", "Sparkling Water")]
    [InlineData("dr-10", "Sparkling Water, Spring water 0.5l")]
    [InlineData("DR-1002", "Spring water 0.5l")]
    [InlineData("jalapeño", "Jalapeño's \\ hot")]
    [InlineData("jalapeño's", "Jalapeño's \\ hot")]
    [InlineData("0.5l", "Spring water 0.5l")]
    [InlineData("'\\ & | ! :* <-> (", "")]
    [InlineData("ater", "")]
    public async Task Search_finds_what_has_every_word_begun(string typed, string found)
    {
        foreach (var (sku, name) in new[] { ("DR-1001", "Sparkling Water"), ("DR-1002", "Spring water 0.5l"), ("HOT-7", "Jalapeño's \\ hot") })
            Assert.Equal(201, (await _api.PostAsync(At("products"), Body(sku: sku, name: name).ToJsonString())).Status);

        Assert.Equal(found, string.Join(", ", await _api.NamesAsync(At("products?q=" + Uri.EscapeDataString(typed)))));
    }

    [Fact]
    public async Task Pages_list_every_product_once_in_order_of_name_and_say_where_the_log_was()
    {
        foreach (var name in new[] { "Same", "Same", "Same", "äpfel", "Zebra" })
            await _api.PostAsync(At("products"), Body(name: name).ToJsonString());

        var whole = await _api.NamesAsync(At("products?limit=500"));
        var page = await _api.GetAsync(At("products?limit=3"));

        Assert.Equal(TestChain.ProductsPerStore + 5, whole.Count);
        Assert.Equal(whole, await _api.NamesAsync(At("products?limit=2")));
        Assert.Equal(await _api.HeadAsync(), page.Json.GetProperty("position").GetProperty("seq").GetInt64());
        Assert.Equal(3, page.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Filters_choose_by_category_barcode_and_sku()
    {
        var category = _api.NewId();
        await _api.PostAsync(At("categories"), $$"""{"id":"{{category}}","name":"Drinks"}""");
        await _api.PatchAsync(At($"products/{First}"), $$"""{"categoryId":"{{category}}"}""");

        Assert.Equal(["Product 0"], await _api.NamesAsync(At($"products?categoryId={category}")));
        Assert.Equal(["Product 3"], await _api.NamesAsync(At("products?barcode=4000000000003")));
        Assert.Equal(["Product 2"], await _api.NamesAsync(At("products?sku=P2")));
        Assert.Empty(await _api.NamesAsync(At("products?sku=P2&barcode=4000000000003")));
    }

    public static TheoryData<string, string, string> BadProducts() => new()
    {
        { "no name", "common.malformed-json", """{"name":null}""" },
        { "an empty name", "common.invalid", """{"name":" "}""" },
        { "an endless name", "common.invalid", $$"""{"name":"{{new string('x', 201)}}"}""" },
        { "a control character", "common.invalid", """{"name":"a\u0000b"}""" },
        { "half a character", "common.malformed-json", """{"name":"\ud800"}""" },
        { "a negative price", "common.invalid", """{"priceMinor":-1}""" },
        { "an absurd price", "common.invalid", """{"priceMinor":1000000000001}""" },
        { "a fraction of a cent", "common.malformed-json", """{"priceMinor":1.5}""" },
        { "a price in words", "common.malformed-json", """{"priceMinor":"100"}""" },
        { "a number past 64 bits", "common.malformed-json", """{"priceMinor":99999999999999999999}""" },
        { "a SKU that is taken", "common.already-exists", """{"sku":"P1"}""" },
        { "a SKU with a space around it", "common.invalid", """{"sku":"P9 "}""" },
        { "a barcode that is taken", "common.already-exists", """{"barcodes":["4000000000001"]}""" },
        { "a barcode twice", "common.invalid", """{"barcodes":["1","1"]}""" },
        { "a barcode with a space", "common.invalid", """{"barcodes":["1 2"]}""" },
        { "a barcode that is no text", "common.malformed-json", """{"barcodes":[4000000000009]}""" },
        { "a barcode that is nothing", "common.invalid", """{"barcodes":[null]}""" },
        { "an endless barcode", "common.invalid", $$"""{"barcodes":["{{new string('1', 65)}}"]}""" },
        { "too many barcodes", "common.invalid", $$"""{"barcodes":[{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"b{i}\""))}}]}""" },
        { "an unknown category", "common.unknown-reference", """{"categoryId":"01900000-0000-7000-8000-000000000000"}""" },
        { "an unknown tax class", "common.unknown-reference", """{"taxClassId":"01900000-0000-7000-8000-000000000000"}""" },
        { "a negative low mark", "common.invalid", """{"lowStockAtMilli":-1}""" },
        { "stock, which only moves", "common.malformed-json", """{"onHandMilli":5000}""" },
        { "a version of its own", "common.malformed-json", """{"syncVersion":9}""" },
        { "an unknown field that is null", "common.malformed-json", """{"isAdmin":null}""" },
    };

    [Theory]
    [MemberData(nameof(BadProducts))]
    public async Task Bad_input_is_refused_with_its_field_when_created_and_when_patched(string what, string code, string change)
    {
        var body = Body();
        foreach (var (field, value) in (JsonObject)JsonNode.Parse(change)!) body[field] = value?.DeepClone();
        var (field0, text) = (((JsonObject)JsonNode.Parse(change)!).First().Key, change == """{"name":"\ud800"}""" ? Body().ToJsonString().Replace("Tea", "\\ud800", StringComparison.Ordinal) : body.ToJsonString());

        var created = await _api.RefusedAsync(code, () => _api.PostAsync(At("products"), text));
        var patched = await _api.RefusedAsync(code, () => _api.PatchAsync(At($"products/{First}"), change));

        foreach (var answer in new[] { created, patched })
        {
            Assert.InRange(answer.Status, 400, 422);
            var blamed = answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).ToList();
            Assert.True(blamed.Any(b => b == "$" || b.StartsWith(field0, StringComparison.Ordinal)), $"{what}: {answer.Text}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"name":"a","name":"b"}""")]
    public async Task A_body_that_is_no_object_of_its_fields_is_malformed(string body)
    {
        await _api.RefusedAsync("common.malformed-json", () => _api.PostAsync(At("products"), body));
        await _api.RefusedAsync("common.malformed-json", () => _api.PatchAsync(At($"products/{First}"), body));
    }

    [Fact]
    public async Task An_id_that_is_taken_or_missing_is_refused()
    {
        var taken = await _api.RefusedAsync("common.already-exists", () => _api.PostAsync(At("products"), Body(id: First).ToJsonString()));

        Assert.True(taken.Json.GetProperty("errors").TryGetProperty("id", out _));
        await _api.RefusedAsync("common.invalid", () => _api.PostAsync(At("products"), Body(id: Guid.Empty).ToJsonString()));
        var none = Body();
        none.Remove("id");
        await _api.RefusedAsync("common.malformed-json", () => _api.PostAsync(At("products"), none.ToJsonString()));
    }

    [Fact]
    public async Task Questions_out_of_bounds_are_refused()
    {
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?limit=0")));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?limit=501")));
        await _api.RefusedAsync("common.malformed-json", () => _api.GetAsync(At("products?limit=many")));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?after=bm9uc2Vuc2U")));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?q=" + new string('x', 201))));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?q=a%00b")));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products?sku=a%00b")));
        await _api.RefusedAsync("common.invalid", () => _api.GetAsync(At("products/by-barcode/a%01b")));
        await _api.RefusedAsync("common.not-found", () => _api.GetAsync($"/api/stores/{Guid.Empty}/products", _api.Guest));
    }

    private async Task<Guid> AddAsync(string path)
    {
        var id = _api.NewId();
        var added = await _api.PostAsync(At(path), $$"""{"id":"{{id}}","name":"{{(path == "categories" ? "Food" : "Ada")}}"}""");
        Assert.True(added.Status == 201, added.Text);
        return id;
    }

    private JsonObject Body(Guid? id = null, string name = "Tea", string? sku = null, string[]? barcodes = null)
    {
        var made = _api.NewId();
        return new JsonObject
        {
            ["id"] = id ?? made, ["sku"] = sku ?? $"T-{made:N}", ["name"] = name, ["priceMinor"] = 199,
            ["taxClassId"] = CreateStore.TaxClassId(Store, "standard"), ["barcodes"] = new JsonArray([.. (barcodes ?? []).Select(b => (JsonNode)b)]),
        };
    }
}
