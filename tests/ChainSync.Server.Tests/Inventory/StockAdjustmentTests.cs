using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;
using static ChainSync.Server.Tests.StoreApi;

namespace ChainSync.Server.Tests.Inventory;

public sealed class StockAdjustmentTests : IAsyncLifetime
{
    private StoreApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_delivery_raises_the_stock_that_products_show_and_is_in_the_log_with_its_note()
    {
        var before = await _api.HeadAsync();
        var answer = await AdjustAsync("received", "two boxes", (0, 12_000), (1, 500));
        var product = (await _api.GetAsync(At($"products/{TestChain.ProductId(Store, 0)}"))).Json;

        Assert.Equal(201, answer.Status);
        Assert.Equal(before + 3, long.Parse(answer.Headers.GetValues("ChainSync-Seq").Single()));
        Assert.Equal((12_000L, 0L), (product.GetProperty("onHandMilli").GetInt64(), product.GetProperty("reservedMilli").GetInt64()));
        Assert.Equal("two boxes", await _api.Chain.ScalarAsync<string>("select note from stock_adjustments where store_id = $1", Store));
        Assert.Equal("stock-adjustment stock stock", await _api.Chain.ScalarAsync<string>(
            "select string_agg(entity, ' ' order by seq) from change_log where store_id = $1 and seq > $2", Store, before));
    }

    [Fact]
    public async Task Many_at_once_add_up()
    {
        await Task.WhenAll(Enumerable.Range(1, 12).Select(i => AdjustAsync(i % 2 == 0 ? "waste" : "received", null, (i % 3, i * 1_000), ((i + 1) % 3, -i))));

        Assert.Equal(78_000L - 78, await _api.Chain.ScalarAsync<long>("select sum(on_hand_milli)::bigint from stock where store_id = $1", Store));
        Assert.Equal(24L, await _api.Chain.ScalarAsync<long>("select count(*) from stock_moves where store_id = $1", Store));
    }

    [Fact]
    public async Task An_id_is_used_once()
    {
        var body = Body("waste", null, (0, -1_000));
        Assert.Equal(201, (await _api.PostAsync(At("stock-adjustments"), body)).Status);

        await _api.RefusedAsync("common.already-exists", () => _api.PostAsync(At("stock-adjustments"), body));
    }

    [Theory]
    [InlineData("common.invalid", "lines", """{"id":"ID","lines":[],"reason":"waste"}""")]
    [InlineData("common.invalid", "lines[0].deltaMilli", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":0}],"reason":"waste"}""")]
    [InlineData("common.invalid", "lines[0].deltaMilli", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":1000000001}],"reason":"waste"}""")]
    [InlineData("common.invalid", "lines[1].productId", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":1},{"productId":"P0","deltaMilli":1}],"reason":"waste"}""")]
    [InlineData("common.invalid", "lines[0]", """{"id":"ID","lines":[null],"reason":"waste"}""")]
    [InlineData("common.invalid", "reason", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":1}],"reason":"stolen"}""")]
    [InlineData("common.invalid", "note", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":1}],"reason":"waste","note":""}""")]
    [InlineData("common.unknown-reference", "lines[0].productId", """{"id":"ID","lines":[{"productId":"ID","deltaMilli":1}],"reason":"waste"}""")]
    [InlineData("common.malformed-json", "onHandMilli", """{"id":"ID","lines":[{"productId":"P0","deltaMilli":1}],"reason":"waste","onHandMilli":5}""")]
    public async Task Bad_input_is_refused_with_its_field_and_writes_nothing(string code, string field, string body)
    {
        var text = body.Replace("ID", _api.NewId().ToString(), StringComparison.Ordinal)
            .Replace("P0", TestChain.ProductId(Store, 0).ToString(), StringComparison.Ordinal);

        var refused = await _api.RefusedAsync(code, () => _api.PostAsync(At("stock-adjustments"), text));

        Assert.True(refused.Json.GetProperty("errors").TryGetProperty(field, out _), refused.Text);
    }

    [Fact]
    public async Task Only_managers_of_the_store_adjust()
    {
        await _api.RefusedAsync("auth.missing", () => AdjustAsync("waste", null, _api.Guest, (0, -1)));
        await _api.RefusedAsync("common.forbidden", () => AdjustAsync("waste", null, _api.Staff, (0, -1)));
        await _api.RefusedAsync("common.not-found", () => AdjustAsync("waste", null, _api.Client(Role.Manager, OtherStore), (0, -1)));
    }

    private Task<ApiAnswer> AdjustAsync(string reason, string? note, params (int Product, long DeltaMilli)[] lines) => AdjustAsync(reason, note, _api.Manager, lines);

    private Task<ApiAnswer> AdjustAsync(string reason, string? note, HttpClient client, params (int Product, long DeltaMilli)[] lines) =>
        _api.PostAsync(At("stock-adjustments"), Body(reason, note, lines), client);

    private string Body(string reason, string? note, params (int Product, long DeltaMilli)[] lines)
    {
        var list = string.Join(',', lines.Select(l => $$"""{"productId":"{{TestChain.ProductId(Store, l.Product)}}","deltaMilli":{{l.DeltaMilli}}}"""));
        return $$"""{"id":"{{_api.NewId()}}","lines":[{{list}}],"reason":"{{reason}}","note":{{(note is null ? "null" : $"\"{note}\"")}}}""";
    }
}
