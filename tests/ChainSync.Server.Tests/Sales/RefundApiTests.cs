using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Sales;

public sealed class RefundApiTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];

    private ApiHost _host = null!;
    private HttpClient _staff = null!;
    private Guid _sale;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _staff = _host.Client(Role.Staff, Store);
        var sale = TestSales.Of(_host.Chain, Store, (0, 3_000), (1, 1_500)); // 3 × 1.00 and 1.5 × 2.00
        var sold = await _host.SendAsync(_staff, HttpMethod.Post, $"/api/stores/{Store}/sales", JsonSerializer.Serialize(sale, ChainSyncJson.Default.RecordSale));
        _sale = sold.Json.GetProperty("id").GetGuid();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_part_comes_back_with_its_money_and_its_stock()
    {
        var answer = await RefundAsync(1, 1_000, 100);
        var sale = await SaleAsync();

        Assert.Equal((201, 100L, 16L), (answer.Status, Minor(answer.Json, "totalMinor"), Minor(answer.Json, "taxMinor")));
        Assert.Equal(("partly-refunded", 100L), (sale.GetProperty("paymentStatus").GetString(), Minor(sale, "refundedMinor")));
        Assert.Equal(1_000, Minor(sale.GetProperty("lines")[0], "refundedQuantityMilli"));
        Assert.Equal(-2_000L, await StockAsync(0));
    }

    [Fact]
    public async Task Every_part_together_is_exactly_the_sale()
    {
        await RefundAsync(1, 1_000, 100);
        await RefundAsync(1, 2_000, 200);
        await RefundAsync(2, 1_500, 300);
        var sale = await SaleAsync();
        var refunds = await ApiAnswer.OfAsync(await _staff.GetAsync($"/api/stores/{Store}/sales/{_sale}/refunds"));

        Assert.Equal(("refunded", 600L), (sale.GetProperty("paymentStatus").GetString(), Minor(sale, "refundedMinor")));
        Assert.Equal(Minor(sale, "taxMinor"), refunds.Json.GetProperty("items").EnumerateArray().Sum(r => Minor(r, "taxMinor")));
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select sum(amount_minor)::bigint from payments where store_id = $1", Store));
        Assert.Equal(0L, await StockAsync(0));
    }

    [Fact]
    public async Task More_than_was_sold_is_refused_also_in_parts_and_writes_nothing()
    {
        await RefundAsync(1, 2_000, 200);
        var before = await HeadAsync();
        var tooMuch = await RefundAsync(1, 2_000, 200);
        var noLine = await RefundAsync(3, 1_000, 100);
        var wrongMoney = await RefundAsync(1, 1_000, 99);

        Assert.Equal((422, "sales.refund-exceeds-sold"), (tooMuch.Status, tooMuch.Code));
        Assert.True(tooMuch.Json.GetProperty("errors").TryGetProperty("lines[0].quantityMilli", out _));
        Assert.Equal((422, "sales.unknown-line"), (noLine.Status, noLine.Code));
        Assert.Equal((422, "sales.refund-payment-mismatch"), (wrongMoney.Status, wrongMoney.Code));
        Assert.Equal(before, await HeadAsync());
    }

    [Theory]
    [InlineData(2, 102)] // rounded either way, as the money changed hands
    [InlineData(-2, 98)]
    [InlineData(0, 100)]
    public async Task Cash_goes_back_in_coins_and_the_rounding_is_kept(long rounding, long paid)
    {
        await SmallestCoinAsync(5);

        var answer = await RefundAsync(1, 1_000, paid, rounding);

        Assert.Equal((201, 100L, rounding), (answer.Status, Minor(answer.Json, "totalMinor"), Minor(answer.Json, "cashRoundingMinor")));
        Assert.Equal(rounding, await _host.Chain.ScalarAsync<long>("select cash_rounding_minor from refunds where store_id = $1", Store));
        Assert.Equal(100L, Minor(await SaleAsync(), "refundedMinor")); // the goods' money; the coins' is apart
    }

    [Theory]
    [InlineData("cash", 3, 103)]
    [InlineData("cash", -3, 97)]
    [InlineData("cash", long.MinValue, 100)]
    [InlineData("card", 2, 102)]
    public async Task More_rounding_than_half_a_coin_or_without_cash_is_refused(string method, long rounding, long paid)
    {
        await SmallestCoinAsync(5);

        var answer = await RefundAsync(1, 1_000, paid, rounding, method);

        Assert.Equal((422, "sales.cash-rounding-mismatch"), (answer.Status, answer.Code));
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select count(*) from refunds"));
    }

    [Fact]
    public async Task Rounding_that_the_payments_do_not_have_is_refused()
    {
        await SmallestCoinAsync(5);

        Assert.Equal("sales.refund-payment-mismatch", (await RefundAsync(1, 1_000, 97, -2)).Code);
        await SmallestCoinAsync(1);
        Assert.Equal("sales.cash-rounding-mismatch", (await RefundAsync(1, 1_000, 99, -1)).Code);
    }

    [Fact]
    public async Task Many_refunds_at_once_never_give_back_more_than_was_sold()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefundAsync(1, 1_000, 100)));

        Assert.True(answers.Count(a => a.Status == 201) == 3, string.Join("\n", answers.Select(a => $"{a.Status} {a.Text}")));
        Assert.All(answers.Where(a => a.Status != 201), a => Assert.True(a.Code is "sales.refund-exceeds-sold" or "common.version-conflict", a.Text));
        Assert.Equal(300L, await _host.Chain.ScalarAsync<long>("select sum(total_minor)::bigint from refunds where store_id = $1", Store));
        Assert.Equal(0L, await StockAsync(0));
    }

    [Fact]
    public async Task A_refund_of_another_stores_sale_finds_nothing()
    {
        var stranger = _host.Client(Role.Manager, TestChain.StoreIds[1]);
        var answer = await _host.SendAsync(stranger, HttpMethod.Post, $"/api/stores/{TestChain.StoreIds[1]}/sales/{_sale}/refunds", Body(1, 1_000, 100));

        Assert.Equal((404, "common.not-found"), (answer.Status, answer.Code));
    }

    private async Task SmallestCoinAsync(int minor)
    {
        await using var command = _host.Chain.Source.CreateCommand($"update stores set cash_rounding_minor = {minor}");
        await command.ExecuteNonQueryAsync();
    }

    private Task<ApiAnswer> RefundAsync(int line, long quantityMilli, long amountMinor, long roundingMinor = 0, string method = "cash") => _host.SendAsync(
        _staff, HttpMethod.Post, $"/api/stores/{Store}/sales/{_sale}/refunds", Body(line, quantityMilli, amountMinor, roundingMinor, method));

    private string Body(int line, long quantityMilli, long amountMinor, long roundingMinor = 0, string method = "cash") => $$"""
        {"id":"{{Ids.New(_host.Chain.Clock)}}","lines":[{"lineNo":{{line}},"quantityMilli":{{quantityMilli}}}],"reason":"Damaged",
         "payments":[{"method":"{{method}}","amountMinor":{{amountMinor}}}],"cashRoundingMinor":{{roundingMinor}},"refundedAt":"2026-01-05T09:00:00Z"}
        """;

    private async Task<JsonElement> SaleAsync() => (await ApiAnswer.OfAsync(await _staff.GetAsync($"/api/stores/{Store}/sales/{_sale}"))).Json;

    private Task<long> StockAsync(int product) => _host.Chain.ScalarAsync<long>(
        "select on_hand_milli from stock where store_id = $1 and product_id = $2", Store, TestChain.ProductId(Store, product));

    private Task<long> HeadAsync() => _host.Chain.ScalarAsync<long>("select seq from store_head where store_id = $1", Store);

    private static long Minor(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
