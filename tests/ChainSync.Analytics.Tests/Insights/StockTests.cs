using System.Text.Json;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Stock;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class StockTests
{
    /// <summary>Nineteen replays of two days that expected 2 and met 1, 2 … 19.</summary>
    private static readonly DemandDistribution OneToNineteen =
        DemandDistribution.Learn(Shop.Replays(perDay: 1, days: 2, Enumerable.Range(1, 19).Select(n => (double)n)));

    [Fact]
    public void Outcomes_of_a_forecast_like_the_replayed_ones_are_what_was_met()
    {
        var outcomes = OneToNineteen.Outcomes("a", "product", expected: 2, days: 2);

        Assert.Equal(Enumerable.Range(1, 19).Select(n => (double)n), outcomes.Select(o => Math.Round(o, 9)));
    }

    [Theory]
    [InlineData(0.95, 19)]
    [InlineData(0.90, 18)]
    [InlineData(0.50, 10)]
    [InlineData(0.05, 1)]
    [InlineData(0.999, 19)]
    public void A_quantile_is_the_outcome_of_rank_n_plus_one_times_p(double probability, double expected) =>
        Assert.Equal(expected, DemandDistribution.Quantile(OneToNineteen.Outcomes("a", "product", 2, 2), probability), 9);

    [Fact]
    public void A_product_that_is_hard_to_forecast_spreads_wider_than_its_group()
    {
        var steady = Shop.Replays(1, 2, [1, 2, 3, 2, 1, 3, 2, 2, 1, 3], "steady");
        var wild = Shop.Replays(1, 2, [0, 12, 0, 0, 9, 0, 0, 11, 0, 0], "wild");

        var demand = DemandDistribution.Learn([.. steady, .. wild]);

        Assert.True(Spread("wild") > 1.2 * Spread("steady"));
        double Spread(string id) => demand.Outcomes(id, "product", 2, 2) is var o ? o[^1] - o[0] : 0;
    }

    [Fact]
    public void Without_replays_of_the_group_there_is_nothing_to_say()
    {
        Assert.Empty(OneToNineteen.Outcomes("a", "unknown", 2, 2));
        Assert.True(double.IsNaN(DemandDistribution.Quantile([], 0.95)));
        Assert.Equal(0, DemandDistribution.Learn([]).Longest);
    }

    [Fact]
    public void A_stored_distribution_answers_bit_for_bit_the_same()
    {
        var loaded = DemandDistribution.Load(OneToNineteen.Save());

        Assert.Equal(2, loaded.Longest);
        Assert.Equal(OneToNineteen.Outcomes("a", "product", 1.7, 2), loaded.Outcomes("a", "product", 1.7, 2));
        Assert.Throws<JsonException>(() => DemandDistribution.Load("{}"u8));
        Assert.Throws<JsonException>(() => DemandDistribution.Load("""{"version":2,"longest":1,"sizes":{},"errors":[]}"""u8));
    }

    [Fact]
    public void Advice_covers_lead_plus_review_at_the_service_level_and_counts_what_is_reserved_and_on_order()
    {
        var advice = Advise(new SupplyTerms(LeadDays: 1, ReviewDays: 1));

        Assert.Equal(5 - 1 + 2, advice.Position);
        Assert.Equal(2, advice.ExpectedDemand);
        Assert.Equal(19, advice.ReorderPoint);
        Assert.Equal(19 - 6, advice.Quantity);
        Assert.Equal(Enumerable.Range(1, 13).Sum() / 19.0, advice.ExpectedShortage, 9);
        Assert.Equal(Math.Sqrt((19 * 19 - 1) / 12.0), advice.Spread, 9);
    }

    [Theory]
    [InlineData(1, 0, 13)]
    [InlineData(6, 0, 18)]
    [InlineData(6, 20, 24)]
    [InlineData(1, 20, 20)]
    [InlineData(0.5, 0, 13)]
    public void Orders_are_whole_packs_and_at_least_the_minimum(double pack, double minimum, double quantity) =>
        Assert.Equal(quantity, Advise(new SupplyTerms(1, 1, pack, minimum)).Quantity);

    [Fact]
    public void A_product_of_its_own_service_level_gets_that()
    {
        Assert.Equal(10, Advise(new SupplyTerms(1, 1, ServiceLevel: 0.5)).ReorderPoint);
    }

    [Fact]
    public void Nothing_is_ordered_while_the_position_reaches_the_point()
    {
        var product = Product(new SupplyTerms(1, 1)) with { Stock = Shop.OnHand(19) };

        Assert.Equal(0, Replenishment.Advise(product, OneToNineteen, 0.95)!.Quantity);
        Assert.Empty(Shop.Find(new ReorderFinder(), Shop.Store() with { Products = [product], Demand = OneToNineteen }));
    }

    [Fact]
    public void Advice_needs_a_forecast_and_replays_as_long_as_lead_plus_review()
    {
        Assert.Null(Replenishment.Advise(Product(new SupplyTerms(1, 2)), OneToNineteen, 0.95));
        Assert.Null(Replenishment.Advise(Product(new SupplyTerms(1, 1)) with { Forecast = null }, OneToNineteen, 0.95));
    }

    [Fact]
    public void A_reorder_finding_asks_for_the_advised_quantity_and_stakes_the_margin_of_the_shortage()
    {
        var product = Product(new SupplyTerms(1, 1)) with { Prices = Shop.Prices((100, 300)), CostMinor = 200 };

        var finding = Assert.Single(Shop.Find(new ReorderFinder(), Shop.Store() with { Products = [product], Demand = OneToNineteen }));

        Assert.Equal(new InsightAction(InsightActionKind.Order, "a") { Quantity = 13 }, finding.Action);
        Assert.Equal(100 * 91 / 19.0, finding.StakeMinor, 6);
        Assert.Equal(2, finding.StakeDays);
    }

    [Fact]
    public void A_product_runs_out_on_the_first_day_whose_summed_demand_exceeds_what_is_there()
    {
        var product = Steady(onHand: 7);

        var date = StockOutDate.Of(product, Certain, Shop.Today, 0.8)!;

        // 3, 6, 9: the third day.
        Assert.Equal(new StockOutDate(Shop.Today.DayNumber + 2, Shop.Today.DayNumber + 2, Shop.Today.DayNumber + 2, false), date);
    }

    [Fact]
    public void Goods_that_arrive_in_time_move_the_day()
    {
        var product = Steady(onHand: 7) with { Stock = new StockPosition(7, 0, [new InboundOrder(Shop.Today.AddDays(2), 3)]) };

        Assert.Equal(Shop.Today.DayNumber + 3, StockOutDate.Of(product, Certain, Shop.Today, 0.8)!.MedianDay);
    }

    [Fact]
    public void A_stock_out_is_told_when_an_order_of_today_comes_too_late()
    {
        var product = Steady(onHand: 7) with { Prices = Shop.Prices((100, 250)) };

        var finding = Assert.Single(Shop.Find(new StockOutFinder(), Shop.Store() with { Products = [product], Demand = Certain }));

        Assert.Equal(5, finding.Evidence["expectedShortage"], 9);
        Assert.Equal(new InsightAction(InsightActionKind.Expedite, "a") { Quantity = 5 }, finding.Action);
        Assert.Equal(5 * 250, finding.StakeMinor, 6);
        Assert.Equal(19 / 20.0, finding.Evidence["chance"], 9);
    }

    [Fact]
    public void No_stock_out_is_told_when_an_order_of_today_still_helps()
    {
        var product = Steady(onHand: 7) with { Supply = new SupplyTerms(2, 1) };

        Assert.Empty(Shop.Find(new StockOutFinder(), Shop.Store() with { Products = [product], Demand = Certain }));
    }

    [Fact]
    public void Stock_that_has_not_sold_for_sixty_days_is_dead()
    {
        var sales = Shop.Daily("a", [.. Enumerable.Repeat(1.0, 60), .. Enumerable.Repeat(0.0, 60)]);
        var product = Shop.Product("a", sales) with { Stock = Shop.OnHand(10), CostMinor = 500 };

        var finding = Assert.Single(Shop.Find(new IdleStockFinder(), Shop.Store() with { Products = [product] }));

        Assert.Equal(InsightKind.DeadStock, finding.Kind);
        Assert.Equal(5000, finding.StakeMinor);
        Assert.Equal(60, finding.Evidence["soldBefore"]);
        Assert.Equal(Math.Sqrt(120), finding.Sigmas, 9);
    }

    [Fact]
    public void Days_without_goods_do_not_make_stock_dead()
    {
        var values = Enumerable.Repeat(1.0, 60).Concat(Enumerable.Repeat(double.NaN, 30)).Concat(Enumerable.Repeat(0.0, 30));
        var product = Shop.Product("a", Shop.Daily("a", [.. values])) with { Stock = Shop.OnHand(10), CostMinor = 500 };

        Assert.DoesNotContain(Shop.Find(new IdleStockFinder(), Shop.Store() with { Products = [product] }), f => f.Kind == InsightKind.DeadStock);
    }

    [Fact]
    public void Slow_stock_is_what_outlasts_the_limit_even_at_the_fastest_rate_its_record_allows()
    {
        var sales = Shop.Daily("a", [.. Enumerable.Repeat(0.0, 70), 1, 1, .. Enumerable.Repeat(0.0, 10)]);
        var product = Shop.Product("a", sales) with { Stock = Shop.OnHand(50), CostMinor = 100 };

        var finding = Assert.Single(Shop.Find(new IdleStockFinder(), Shop.Store() with { Products = [product] }));

        var fastest = finding.Evidence["fastestPerDay"];
        Assert.Equal(0.05, Poisson.CDF(56 * fastest, 2), 6);
        Assert.Equal(50 - 120 * fastest, finding.Evidence["excess"], 9);
        Assert.Equal(100 * (50 - 120 * fastest), finding.StakeMinor, 6);
        Assert.Equal(InsightActionKind.ClearOut, finding.Action.Kind);
    }

    [Fact]
    public void Stock_that_lasts_less_than_the_limit_is_not_slow()
    {
        var product = Shop.Product("a", Shop.Daily("a", [.. Enumerable.Repeat(1.0, 80)])) with { Stock = Shop.OnHand(110), CostMinor = 100 };

        Assert.Empty(Shop.Find(new IdleStockFinder(), Shop.Store() with { Products = [product] }));
    }

    /// <summary>Replays that were always right about three a day.</summary>
    private static readonly DemandDistribution Certain = DemandDistribution.Learn(
        Enumerable.Range(0, 19).Select(i => new Analytics.Backtesting.Replay("a", "product", 50 - i, [3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3], 1, [])));

    private static ProductFacts Steady(double onHand) => Shop.Product("a", Shop.Daily("a", 3, 3, 3)) with
    {
        Forecast = Shop.Forecast("a", 3, 3, 3, 3, 3, 3),
        Stock = Shop.OnHand(onHand),
        Supply = new SupplyTerms(4, 1),
    };

    private static ProductFacts Product(SupplyTerms supply) => Shop.Product("a", Shop.Daily("a", 1, 0, 2)) with
    {
        Forecast = Shop.Forecast("a", 1, 1, 1),
        Stock = new StockPosition(5, 1, [new InboundOrder(Shop.Today.AddDays(1), 2)]),
        Supply = supply,
    };

    private static ReorderAdvice Advise(SupplyTerms supply) => Replenishment.Advise(Product(supply), OneToNineteen, 0.95)!;
}
