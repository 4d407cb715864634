using ChainSync.Core.Imports;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class ImportPartsTests
{
    private static readonly Guid Customer = Guid.Parse("0197aaaa-0000-7000-8000-000000000001");
    private static readonly Guid Product = Guid.Parse("0197aaaa-0000-7000-8000-000000000002");
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact]
    public void A_credit_takes_from_the_latest_sale_line_at_its_price_with_enough_left()
    {
        var matcher = new CreditMatcher();
        var (first, second, dearer) = (Line(1, 100, 5_000), Line(2, 100, 2_000), Line(3, 120, 9_000));
        foreach (var line in new[] { first, second, dearer }) matcher.Sold(Customer, Product, line);

        Assert.Equal(second, matcher.Take(Customer, Product, 100, 2_000));
        Assert.Equal(first, matcher.Take(Customer, Product, 100, 2_000));
        Assert.Equal(first with { LeftMilli = 3_000 }, matcher.Take(Customer, Product, 100, 3_000));
        Assert.Null(matcher.Take(Customer, Product, 100, 1_000));
        Assert.Null(matcher.Take(Customer, Product, 110, 1_000));
        Assert.Null(matcher.Take(Product, Product, 120, 1_000));
    }

    [Fact]
    public void The_opening_stock_is_the_least_that_keeps_every_level_from_falling_below_zero() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<short>(), (deltas, onHand) =>
            {
                var stock = new OpeningStock();
                stock.OnHand(Product, onHand);
                foreach (var delta in deltas) stock.Move(Product, delta);

                var needed = stock.Needed(Product);

                var lowest = onHand + needed;
                var level = lowest;
                foreach (var delta in deltas) lowest = Math.Min(lowest, level += delta);
                return lowest >= 0 && (needed == 0 || lowest == 0);
            }));

    [Theory]
    [InlineData("2010-12-01 08:26", "2010-12-01T08:26:00Z", false)]
    [InlineData("2011-07-01 08:26", "2011-07-01T07:26:00Z", false)]
    [InlineData("2011-03-27 01:30", "2011-03-27T01:30:00Z", true)]
    [InlineData("2011-10-30 01:30", "2011-10-30T01:30:00Z", false)]
    public void A_local_time_is_an_instant_also_when_the_clocks_change(string local, string instant, bool skipped)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;

        Assert.Equal((DateTimeOffset.Parse(instant, culture), skipped), LocalTime.ToInstant(DateTime.Parse(local, culture), London));
    }

    private static OpenLine Line(int n, long price, long left) => new(Guid.Parse($"0197aaaa-0000-7000-8000-00000000000{n}"), n, price, left);
}
