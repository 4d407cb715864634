using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Promotions;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class InputErrorTests
{
    private static readonly ProductFacts Good = Shop.Product("tea", Shop.Daily("tea", 1, 2, 3));
    private static readonly WatchedSeries Watched = new(Shop.Daily("bread", 1, 2, 3), "bread", 1);
    private static readonly BasketProduct[] Two = [new("a", "a", 1), new("b", "b", 1)];

    public static TheoryData<string, InsightProblem, string> Faults { get; } = new()
    {
        { "two products of one id", InsightProblem.DuplicateId, "tea" },
        { "two watched series of one id", InsightProblem.DuplicateId, "bread" },
        { "sales that end the day before yesterday", InsightProblem.Misaligned, "tea" },
        { "revenue by the hour", InsightProblem.Misaligned, "revenue" },
        { "a forecast from tomorrow on", InsightProblem.Misaligned, "tea" },
        { "a forecast that is not a number", InsightProblem.OutOfRange, "tea" },
        { "a cost below 0", InsightProblem.OutOfRange, "tea" },
        { "a price below 0", InsightProblem.OutOfRange, "tea" },
        { "prices out of order", InsightProblem.Unordered, "tea" },
        { "stock that is not a number", InsightProblem.OutOfRange, "tea" },
        { "reserved below 0", InsightProblem.OutOfRange, "tea" },
        { "nothing on its way", InsightProblem.OutOfRange, "tea" },
        { "a pack of nothing", InsightProblem.OutOfRange, "tea" },
        { "a review of no days", InsightProblem.OutOfRange, "tea" },
        { "a service level of 1", InsightProblem.OutOfRange, "tea" },
        { "a worthless unit", InsightProblem.OutOfRange, "bread" },
        { "a promotion without a column", InsightProblem.UnknownName, "bread" },
        { "an unknown product in a basket", InsightProblem.UnknownName, "baskets" },
        { "a product twice in a basket", InsightProblem.DuplicateId, "baskets" },
        { "baskets that end before they begin", InsightProblem.Unordered, "baskets" },
        { "people in hours not forecast", InsightProblem.OutOfRange, "staffing" },
        { "a person who serves nobody", InsightProblem.OutOfRange, "staffing" },
        { "staffing by the day", InsightProblem.Misaligned, "staffing" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_contradiction_is_refused_with_its_cause_and_place(string fault, InsightProblem problem, string subject)
    {
        var exception = Assert.Throws<InsightException>(() => new InsightEngine().Run(With(fault)));

        Assert.Equal((problem, subject), (exception.Problem, exception.SubjectId));
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_store_has_no_insights_and_is_no_error()
    {
        Assert.Empty(new InsightEngine().Run(Shop.Store()).Insights);
        Assert.Empty(new InsightEngine().Run(Shop.Store(0) with { Products = [Good], Watched = [Watched] }).Insights);
    }

    [Fact]
    public void Thresholds_outside_their_range_are_refused_by_name()
    {
        Assert.Equal("ServiceLevel", Assert.Throws<ArgumentOutOfRangeException>(() => new InsightEngine(new InsightOptions { ServiceLevel = 1 })).ParamName);
        Assert.Equal("MostPairedProducts", Assert.Throws<ArgumentOutOfRangeException>(() => new InsightEngine(new InsightOptions { MostPairedProducts = 5001 })).ParamName);
        Assert.Equal("MaterialShare", Assert.Throws<ArgumentOutOfRangeException>(() => new InsightEngine(new InsightOptions { MaterialShare = double.NaN })).ParamName);
    }

    private static InsightInput With(string fault)
    {
        var store = Shop.Store();
        return fault switch
        {
            "two products of one id" => store with { Products = [Good, Good] },
            "two watched series of one id" => store with { Watched = [Watched, Watched] },
            "sales that end the day before yesterday" => store with { Products = [Good with { Sales = new TimeSeries("tea", Grain.Daily, Good.Sales.Start.AddDays(-1), Good.Sales.Values.ToArray()) }] },
            "revenue by the hour" => store with { Revenue = new TimeSeries("revenue", Grain.Hourly, store.Revenue.Start, new double[] { 1, 2 }) },
            "a forecast from tomorrow on" => store with { Products = [Good with { Forecast = Shop.Forecast("tea", 1) with { Start = Shop.Today.ToDateTime(TimeOnly.MinValue).AddDays(1) } }] },
            "a forecast that is not a number" => store with { Products = [Good with { Forecast = Shop.Forecast("tea", double.NaN) }] },
            "a cost below 0" => store with { Products = [Good with { CostMinor = -1 }] },
            "a price below 0" => store with { Products = [Good with { Prices = Shop.Prices((3, -1)) }] },
            "prices out of order" => store with { Products = [Good with { Prices = Shop.Prices((3, 100), (5, 120)) }] },
            "stock that is not a number" => store with { Products = [Good with { Stock = Shop.OnHand(double.NaN) }] },
            "reserved below 0" => store with { Products = [Good with { Stock = new StockPosition(1, -1, []) }] },
            "nothing on its way" => store with { Products = [Good with { Stock = new StockPosition(1, 0, [new InboundOrder(Shop.Today, 0)]) }] },
            "a pack of nothing" => store with { Products = [Good with { Supply = new SupplyTerms(1, 1, PackSize: 0) }] },
            "a review of no days" => store with { Products = [Good with { Supply = new SupplyTerms(1, 0) }] },
            "a service level of 1" => store with { Products = [Good with { Supply = new SupplyTerms(1, 1, ServiceLevel: 1) }] },
            "a worthless unit" => store with { Watched = [Watched with { MinorPerUnit = 0 }] },
            "a promotion without a column" => store with { Watched = [Watched with { Promotions = [new PromotionTerms("offer", 1, 1)] }] },
            "an unknown product in a basket" => store with { Baskets = new BasketSet(Shop.Today, Shop.Today, Two, [[0, 2]]) },
            "a product twice in a basket" => store with { Baskets = new BasketSet(Shop.Today, Shop.Today, Two, [[0, 1], [1, 1]]) },
            "baskets that end before they begin" => store with { Baskets = new BasketSet(Shop.Today, Shop.Today.AddDays(-1), Two, []) },
            "people in hours not forecast" => store with { Staffing = Plan(Grain.Hourly, 10, 1, 1) },
            "a person who serves nobody" => store with { Staffing = Plan(Grain.Hourly, 0, 1) },
            "staffing by the day" => store with { Staffing = Plan(Grain.Daily, 10, 1) },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        };
    }

    private static StaffingPlan Plan(Grain grain, double perHour, params double[] people) => new(Shop.Forecast("orders", 5) with { Grain = grain }, people, perHour, 1, 1);
}
