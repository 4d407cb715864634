using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Prices;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class PriceTests
{
    private static readonly double[] TwoADay = [.. Enumerable.Repeat(2.0, 200)];

    [Fact]
    public void A_new_price_far_above_the_past_year_is_out_of_line()
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with { Prices = Shop.Prices((300, 500), (100, 550), (3, 5500)) };

        var finding = Assert.Single(Shop.Find(new PriceLevelFinder(), Shop.Store() with { Products = [product] }));

        Assert.Equal(InsightKind.PriceOutOfLine, finding.Kind);
        Assert.Equal(("high", 550L), (finding.State, finding.Action.PriceMinor!.Value));
        Assert.Equal((500, 550), (finding.Evidence["lowestMinor"], finding.Evidence["highestMinor"]));
        Assert.Equal((5500 - 550) * 2 * 28, finding.StakeMinor, 6);
        Assert.Equal(Math.Log(10) / (1.4826 * Math.Log(1.1)), finding.Sigmas, 6);
    }

    [Theory]
    [InlineData(500, "was USD 5.00.")]
    [InlineData(550, "was between USD 5.00 and USD 5.50.")]
    public void A_year_of_one_price_is_told_as_one(long later, string words)
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with { Prices = Shop.Prices((300, 500), (100, later), (3, 5500)) };
        var store = Shop.Store() with { Products = [product] };

        var finding = Assert.Single(Shop.Find(new PriceLevelFinder(), store));

        Assert.Contains(words, InsightWords.Of(finding, store).Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 600)]
    [InlineData(40, 5500)]
    public void A_small_step_or_an_old_price_is_in_line(int daysAgo, long price)
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with { Prices = Shop.Prices((300, 500), (100, 550), (daysAgo, price)) };

        Assert.Empty(Shop.Find(new PriceLevelFinder(), Shop.Store() with { Products = [product] }));
    }

    [Fact]
    public void A_price_far_from_the_other_stores_is_out_of_line()
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with
        {
            Prices = Shop.Prices((300, 400)),
            PricesElsewhereMinor = new Dictionary<string, long> { ["s1"] = 500, ["s2"] = 510, ["s3"] = 490 },
        };

        var finding = Assert.Single(Shop.Find(new PriceLevelFinder(), Shop.Store() with { Products = [product] }));

        Assert.Equal((InsightKind.PriceBetweenStores, "low", 500L), (finding.Kind, finding.State, finding.Action.PriceMinor!.Value));
        Assert.Equal(100 * 2 * 28, finding.StakeMinor, 6);
    }

    [Fact]
    public void Two_other_stores_are_no_yardstick()
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with
        {
            Prices = Shop.Prices((300, 400)),
            PricesElsewhereMinor = new Dictionary<string, long> { ["s1"] = 500, ["s2"] = 510 },
        };

        Assert.Empty(Shop.Find(new PriceLevelFinder(), Shop.Store() with { Products = [product] }));
    }

    [Fact]
    public void Sales_below_cost_are_counted_from_the_day_the_price_fell_below()
    {
        var product = Shop.Product("a", Shop.Daily("a", TwoADay)) with { Prices = Shop.Prices((300, 500), (10, 350)), CostMinor = 400 };

        var finding = Assert.Single(Shop.Find(new BelowCostFinder(), Shop.Store() with { Products = [product] }));

        Assert.Equal(20, finding.Evidence["units"]);
        Assert.Equal(20 * 50, finding.StakeMinor, 9);
        Assert.Equal(400, finding.Action.PriceMinor);
    }

    [Fact]
    public void A_price_rise_that_drove_buyers_away_lost_money()
    {
        // 10 a day at 400 - 200; 4 a day at 480 - 200, while everything else sold as before.
        var product = Raised(before: 10, after: 4);

        var finding = Assert.Single(Shop.Find(new PriceChangeFinder(), Shop.Store() with { Products = [product, Steady("b")] }));

        Assert.Equal(10 * 28, finding.Evidence["unitsExpected"], 9);
        Assert.Equal(4 * 28 * 280 - 10 * 28 * 200, finding.Evidence["gainMinor"], 6);
        Assert.Equal((InsightActionKind.RestorePrice, 400L), (finding.Action.Kind, finding.Action.PriceMinor!.Value));
    }

    [Fact]
    public void A_fall_that_the_whole_store_shares_is_not_held_against_the_price()
    {
        var others = Shop.Product("b", Shop.Daily("b", [.. Enumerable.Repeat(50.0, 172), .. Enumerable.Repeat(20.0, 28)]));

        Assert.Empty(Shop.Find(new PriceChangeFinder(), Shop.Store() with { Products = [Raised(10, 4), others] }));
    }

    [Fact]
    public void A_product_that_nearly_vanished_was_not_driven_away_by_its_price()
    {
        Assert.Empty(Shop.Find(new PriceChangeFinder(), Shop.Store() with { Products = [Raised(before: 10, after: 0.5), Steady("b")] }));
    }

    [Fact]
    public void Price_changes_without_effect_are_seldom_said_to_lose()
    {
        const int runs = 300;
        var alarms = Enumerable.Range(0, runs).Count(run =>
        {
            var random = new Random(run);
            var products = Enumerable.Range(0, 5).Select(k => Shop.Product($"p{k}", Shop.Daily($"p{k}", [.. Enumerable.Range(0, 200).Select(_ => (double)Shop.Poisson(random, 2))])) with
            {
                Prices = Shop.Prices((300, 400), (28, 401)),
                CostMinor = 200,
            });
            return Shop.Find(new PriceChangeFinder(), Shop.Store() with { Products = [.. products, Steady("b")] }).Count > 0;
        });

        Assert.True(alarms <= 26, $"{alarms} of {runs}");
    }

    private static ProductFacts Raised(double before, double after) =>
        Shop.Product("a", Shop.Daily("a", [.. Enumerable.Repeat(before, 172), .. Enumerable.Repeat(after, 28)])) with
        {
            Prices = Shop.Prices((300, 400), (28, 480)),
            CostMinor = 200,
        };

    private static ProductFacts Steady(string id) => Shop.Product(id, Shop.Daily(id, [.. Enumerable.Repeat(50.0, 200)]));
}
