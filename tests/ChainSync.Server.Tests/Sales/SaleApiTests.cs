using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Sales;

public sealed class SaleApiTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];
    private static readonly Guid OtherStore = TestChain.StoreIds[1];

    private ApiHost _host = null!;
    private HttpClient _staff = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _staff = _host.Client(Role.Staff, Store);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_sale_is_recorded_listed_and_read_back_as_it_was_sent()
    {
        var answer = await SellAsync(Body());

        Assert.Equal(201, answer.Status);
        var id = answer.Json.GetProperty("id").GetGuid();
        var read = await GetAsync($"/api/stores/{Store}/sales/{id}");
        var listed = await GetAsync($"/api/stores/{Store}/sales");
        Assert.Equal(Normal(answer.Text), Normal(read.Text));
        Assert.Equal(id, Assert.Single(listed.Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(long.Parse(answer.Headers.GetValues("ChainSync-Seq").Single()), listed.Json.GetProperty("position").GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_repeat_is_answered_with_the_first_answer_and_says_so()
    {
        var (body, operation) = (Body().ToJsonString(), Ids.New(_host.Chain.Clock));
        var first = await _host.SendAsync(_staff, HttpMethod.Post, $"/api/stores/{Store}/sales", body, operation);
        var second = await _host.SendAsync(_staff, HttpMethod.Post, $"/api/stores/{Store}/sales", body, operation);

        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_price_other_than_the_catalogues_is_accepted_as_sold_and_flagged()
    {
        var body = Body();
        var line = (JsonObject)body["lines"]![0]!;
        (line["unitPriceMinor"], line["grossMinor"], line["totalMinor"], line["taxMinor"]) = (90, 180, 180, 29);
        (body["subtotalMinor"], body["totalMinor"], body["taxMinor"]) = (180, 180, 29);
        body["payments"]![0]!["amountMinor"] = 180;

        var answer = await SellAsync(body);

        Assert.Equal(201, answer.Status);
        Assert.Contains("price-differs", answer.Json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(90, answer.Json.GetProperty("lines")[0].GetProperty("unitPriceMinor").GetInt64());
        Assert.Equal(100, answer.Json.GetProperty("lines")[0].GetProperty("catalogueUnitPriceMinor").GetInt64());
    }

    [Fact]
    public async Task A_tax_that_the_server_computes_otherwise_is_accepted_as_sold_and_flagged()
    {
        var body = Body();
        (body["lines"]![0]!["taxMinor"], body["taxMinor"]) = (31, 31);

        var answer = await SellAsync(body);

        Assert.Contains("pricing-differs", answer.Json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(31, answer.Json.GetProperty("taxMinor").GetInt64());
    }

    public static TheoryData<string, string, string> BadSales() => new()
    {
        { "unknown product", "sales.unknown-product", """{"lines":[{"productId":"01900000-0000-7000-8000-000000000000"}]}""" },
        { "negative quantity", "common.invalid", """{"lines":[{"quantityMilli":-1000}]}""" },
        { "no quantity", "common.invalid", """{"lines":[{"quantityMilli":0}]}""" },
        { "absurd quantity", "common.invalid", """{"lines":[{"quantityMilli":1000000001}]}""" },
        { "a total its lines do not sum to", "sales.total-mismatch", """{"totalMinor":199}""" },
        { "a line total its parts do not sum to", "sales.total-mismatch", """{"lines":[{"totalMinor":199}]}""" },
        { "payments that do not cover the total", "sales.payment-mismatch", """{"payments":[{"amountMinor":199}]}""" },
        { "payments above the total", "sales.payment-mismatch", """{"payments":[{"amountMinor":201}]}""" },
        { "change that was never tendered", "sales.change-mismatch", """{"changeMinor":5}""" },
        { "an unknown way to pay", "common.invalid", """{"payments":[{"method":"barter"}]}""" },
        { "another currency", "sales.wrong-currency", """{"currency":"USD"}""" },
        { "an unknown customer", "common.unknown-reference", """{"customerId":"01900000-0000-7000-8000-000000000000"}""" },
        { "an unknown register", "common.unknown-reference", """{"registerId":"01900000-0000-7000-8000-000000000000"}""" },
        { "a receipt without a register", "common.invalid", """{"receipt":{"series":"S1-R1","number":1}}""" },
        { "an unknown field", "common.malformed-json", """{"isAdmin":true}""" },
        { "a number where a text belongs", "common.malformed-json", """{"currency":1}""" },
        { "a fraction of a cent", "common.malformed-json", """{"totalMinor":200.5}""" },
        { "a date that is none", "common.malformed-json", """{"soldAt":"yesterday"}""" },
    };

    [Theory]
    [MemberData(nameof(BadSales))]
    public async Task Bad_input_is_refused_with_its_code_and_field_and_writes_nothing(string what, string code, string change)
    {
        var before = await HeadAsync();
        var body = Body();
        Merge(body, (JsonObject)JsonNode.Parse(change)!);

        var answer = await SellAsync(body);

        Assert.True(code == answer.Code, $"{what}: {answer.Status} {answer.Text}");
        Assert.InRange(answer.Status, 400, 422);
        Assert.NotEmpty(answer.Json.GetProperty("errors").EnumerateObject());
        Assert.Equal(before, await HeadAsync());
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select count(*) from sales"));
    }

    [Fact]
    public async Task A_request_that_is_no_JSON_is_refused_whatever_is_wrong_with_it()
    {
        byte[][] bodies = ["{"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), ""u8.ToArray(), [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x7D],
            Encoding.UTF8.GetBytes(new string('[', 5_000)), Encoding.UTF8.GetBytes("""{"id":1,"id":2}""")];
        foreach (var bytes in bodies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/stores/{Store}/sales") { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("Idempotency-Key", Ids.New(_host.Chain.Clock).ToString());
            var answer = await ApiAnswer.OfAsync(await _staff.SendAsync(request));

            Assert.Equal((400, "common.malformed-json"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused_without_being_read()
    {
        var answer = await _host.SendAsync(_staff, HttpMethod.Post, $"/api/stores/{Store}/sales", new string(' ', 10 * 1024 * 1024));

        Assert.Equal((413, "common.too-large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_write_without_an_operation_id_is_refused()
    {
        using var content = new StringContent(Body().ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await ApiAnswer.OfAsync(await _staff.PostAsync($"/api/stores/{Store}/sales", content));

        Assert.Equal((400, "operation.missing-id"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Another_stores_sale_and_no_sale_at_all_answer_the_same()
    {
        var sold = await SellAsync(Body());
        var stranger = _host.Client(Role.Manager, OtherStore);
        var foreign = await ApiAnswer.OfAsync(await stranger.GetAsync($"/api/stores/{Store}/sales/{sold.Json.GetProperty("id").GetGuid()}"));
        var missing = await ApiAnswer.OfAsync(await stranger.GetAsync($"/api/stores/{OtherStore}/sales/{Ids.New(_host.Chain.Clock)}"));
        var write = await _host.SendAsync(stranger, HttpMethod.Post, $"/api/stores/{Store}/sales", Body().ToJsonString());

        Assert.Equal((404, "common.not-found"), (foreign.Status, foreign.Code));
        Assert.Equal((404, "common.not-found"), (missing.Status, missing.Code));
        Assert.Equal(404, write.Status);
    }

    [Fact]
    public async Task Guests_and_expired_tokens_get_401_and_customers_may_not_sell()
    {
        var guest = await _host.SendAsync(_host.Anonymous(), HttpMethod.Post, $"/api/stores/{Store}/sales", Body().ToJsonString());
        var customer = await _host.SendAsync(_host.Client(Role.Customer, Store), HttpMethod.Post, $"/api/stores/{Store}/sales", Body().ToJsonString());
        _host.Chain.Clock.Advance(TimeSpan.FromHours(1));
        var late = await SellAsync(Body());

        Assert.Equal((401, "auth.missing"), (guest.Status, guest.Code));
        Assert.Equal((403, "common.forbidden"), (customer.Status, customer.Code));
        Assert.Equal((401, "auth.expired"), (late.Status, late.Code));
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select count(*) from sales"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_double_also_within_one_instant()
    {
        for (var i = 0; i < 7; i++) await SellAsync(Body());
        var (seen, after) = (new List<Guid>(), "");
        do
        {
            var page = await GetAsync($"/api/stores/{Store}/sales?limit=3{after}");
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetGuid()));
            after = page.Json.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? "&after=" + next.GetString() : "";
        }
        while (after != "");

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
        Assert.Equal(422, (await GetAsync($"/api/stores/{Store}/sales?limit=501")).Status);
        Assert.Equal(422, (await GetAsync($"/api/stores/{Store}/sales?after=nonsense")).Status);
    }

    private JsonObject Body()
    {
        var sale = TestSales.Of(_host.Chain, Store, (0, 2_000));
        return (JsonObject)JsonSerializer.SerializeToNode(sale, ChainSyncJson.Default.RecordSale)!;
    }

    // Objects merge by field, arrays by place.
    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonArray array && into[name] is JsonArray target)
            {
                for (var i = 0; i < array.Count; i++) Merge((JsonObject)target[i]!, (JsonObject)array[i]!);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static string Normal(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ChainSyncJson.Default.Sale)!, ChainSyncJson.Default.Sale);

    private Task<ApiAnswer> SellAsync(JsonObject body) => _host.SendAsync(_staff, HttpMethod.Post, $"/api/stores/{Store}/sales", body.ToJsonString());

    private async Task<ApiAnswer> GetAsync(string path) => await ApiAnswer.OfAsync(await _staff.GetAsync(path));

    private Task<long> HeadAsync() => _host.Chain.ScalarAsync<long>("select seq from store_head where store_id = $1", Store);
}
