using System.Text.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Live;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>Which borders a movement crosses is told by its row alone.</summary>
public sealed class StockEventTests
{
    private static readonly Guid Product = Guid.Parse("0199a5b0-3c00-7000-8000-000000000010");

    [Theory]
    [InlineData(11_000, 10_000, 10_000, "low_stock")] // at the threshold is low
    [InlineData(10_001, 10_000, 10_000, "low_stock")]
    [InlineData(10_000, 9_000, 10_000, "")] // was low before
    [InlineData(12_000, 11_000, 10_000, "")]
    [InlineData(9_000, 11_000, 10_000, "")] // upwards is no alarm
    [InlineData(0, 5_000, 10_000, "restocked")] // still low, but there is some
    [InlineData(-2_000, 1, 10_000, "restocked")]
    [InlineData(-2_000, 0, 10_000, "")]
    [InlineData(12_000, 0, 10_000, "low_stock out_of_stock")] // through both, in the order passed
    [InlineData(12_000, -3_000, 10_000, "low_stock out_of_stock")]
    [InlineData(5_000, 0, 10_000, "out_of_stock")]
    [InlineData(0, -1_000, 10_000, "")] // was out before
    [InlineData(5_000, 0, 0, "out_of_stock")] // a threshold of nought is none
    [InlineData(12_000, 9_000, null, "")] // rows older than the threshold in them
    [InlineData(5_000, 0, null, "out_of_stock")]
    public void A_movement_tells_the_borders_it_crossed(long then, long now, int? lowAt, string crossed)
    {
        var threshold = lowAt is null ? "" : $$""","lowStockAtMilli":{{lowAt}}""";
        var body = $$"""{"productId" : "{{Product}}", "onHandMilli" : {{now}}, "reservedMilli" : 0, "deltaMilli" : {{now - then}}, "reason" : "sale"{{threshold}}}""";

        var types = TypesOf(new Change("stock", Product, 7, ChangeKind.Update, body, $$"""{"onHandMilli":{{then}}}"""));

        Assert.Equal($"updated {crossed}".Trim(), string.Join(' ', types.Select(t => t.Replace("inventory:", "", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("sale", ChangeKind.Create)]
    [InlineData("stock", ChangeKind.Update)]
    [InlineData("product", ChangeKind.Create)]
    [InlineData("notice", ChangeKind.Create)]
    public void A_row_whose_body_was_erased_tells_nothing_and_stops_nobody(string entity, ChangeKind kind) =>
        Assert.Empty(TypesOf(new Change(entity, Product, 1, kind, After: null)));

    [Fact]
    public void Of_a_row_that_is_gone_its_name_is_enough() =>
        Assert.Equal(["product:deleted"], TypesOf(new Change("product", Product, 5, ChangeKind.Delete, After: null, Before: null)));

    [Fact]
    public void Rows_that_nobody_watches_give_no_event() =>
        Assert.Empty(TypesOf(new Change("account", Product, 1, ChangeKind.Create, """{"id":"0199a5b0-3c00-7000-8000-000000000010"}""")));

    private static List<string> TypesOf(Change change)
    {
        var row = new LogRow(TestChain.StoreIds[0], 12, Product, change, null, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        return [.. HubEvents.Of([row]).Select(e => JsonElement.Parse(e.Json.Span).GetProperty("type").GetString()!)];
    }
}
