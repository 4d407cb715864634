using System.Text.Json;
using ChainSync.Analytics.Questions;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class QueryValidatorTests
{
    private static readonly QueryValidator Validator = new(MetricCatalogue.Standard, TestShop.Names);

    private static readonly AnalyticsQuery Good = new()
    {
        Metrics = ["revenue"],
        Dimensions = ["store", "product"],
        Filters = [new("category", QueryOperator.Eq, ["Cheese"])],
        Time = new("range", new(2026, 8, 1), new(2026, 8, 31)),
        Compare = new(ComparisonKind.PreviousPeriod, new(2026, 7, 1), new(2026, 7, 31)),
        Having = [new("revenue_growth_pct", QueryOperator.Lt, -10)],
        Sort = new("revenue_growth_pct", false),
        Limit = new(3, "store"),
    };

    public static TheoryData<string, AnalyticsQuery> Faults() => new()
    {
        { "no metric", Good with { Metrics = [], Having = [], Sort = null } },
        { "unknown metric", Good with { Metrics = ["revenue", "salaries"] } },
        { "a metric by its alias", Good with { Metrics = ["revenue", "profit"] } },
        { "a metric twice", Good with { Metrics = ["revenue", "revenue"] } },
        { "too many metrics", Good with { Metrics = [.. MetricCatalogue.Standard.Metrics.Where(m => m.Kind == MetricKind.Flow).Take(7).Select(m => m.Name)] } },
        { "a forecast metric as a record", Good with { Metrics = ["revenue", "forecast_revenue"] } },
        { "a record as a forecast", Good with { Intent = QueryIntent.Forecast, Compare = null, Having = [], Sort = null } },
        { "unknown dimension", Good with { Dimensions = ["store", "password"] } },
        { "a dimension the metric lacks", Good with { Metrics = ["revenue", "stock_on_hand"], Dimensions = ["store", "hour"], Compare = null, Having = [], Sort = null, Limit = null } },
        { "severity outside anomalies", Good with { Filters = [new("severity", QueryOperator.Eq, ["high"])] } },
        { "unknown member", Good with { Filters = [new("category", QueryOperator.Eq, ["Bakery"])] } },
        { "a member in another case", Good with { Filters = [new("category", QueryOperator.Eq, ["cheese"])] } },
        { "an order on names", Good with { Filters = [new("category", QueryOperator.Gt, ["Cheese"])] } },
        { "two values for one", Good with { Filters = [new("category", QueryOperator.Eq, ["Cheese", "Wine"])] } },
        { "no value", Good with { Filters = [new("category", QueryOperator.In, [])] } },
        { "an undefined operator", Good with { Filters = [new("category", (QueryOperator)99, ["Cheese"])] } },
        { "a filter on the date", Good with { Filters = [new("date", QueryOperator.Eq, ["2026-08-01"])] } },
        { "an hour past midnight", Good with { Filters = [new("hour", QueryOperator.Lt, ["25"])] } },
        { "a range backwards", Good with { Time = new("range", new(2026, 8, 31), new(2026, 8, 1)) } },
        { "a compared range backwards", Good with { Compare = new(ComparisonKind.Range, new(2026, 7, 31), new(2026, 7, 1)) } },
        { "growth without a comparison", Good with { Compare = null } },
        { "a condition that is no number", Good with { Having = [new("revenue", QueryOperator.Gt, double.NaN)] } },
        { "a condition on another metric", Good with { Having = [new("units_sold", QueryOperator.Gt, 1)] } },
        { "a condition on a list", Good with { Having = [new("revenue", QueryOperator.In, 1)] } },
        { "an order by nothing in it", Good with { Sort = new("units_sold", true) } },
        { "no rows", Good with { Limit = new(0) } },
        { "too many rows", Good with { Limit = new(1001) } },
        { "rows per nothing in it", Good with { Limit = new(3, "category") } },
        { "rows per the only dimension", Good with { Dimensions = ["store"], Limit = new(3, "store") } },
        { "a step without dates", Good with { Grain = TimeGrain.Day } },
        { "a compared stock", Good with { Metrics = ["stock_on_hand"], Having = [], Sort = null } },
        { "a null name", Good with { Metrics = [null!] } },
    };

    [Fact]
    public void A_good_query_has_no_problem() => Assert.Empty(Validator.Problems(Good));

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_found(string fault, AnalyticsQuery query) => Assert.True(Validator.Problems(query).Count > 0, fault);

    [Fact]
    public void A_smaller_catalogue_answers_less()
    {
        var small = MetricCatalogue.Standard.Only(["revenue", "transactions"]);
        var parser = new QuestionParser(small, TestShop.Names);

        Assert.IsType<UnderstoodQuestion>(parser.Read("revenue last week", TestShop.Today));
        Assert.IsNotType<UnderstoodQuestion>(parser.Read("gross margin last week", TestShop.Today));
    }

    [Fact]
    public void The_json_of_version_1_still_reads()
    {
        const string json = """
            {"intent":"query","metrics":["revenue"],"dimensions":["store","product"],"filters":[{"field":"category","op":"eq","values":["Cheese"]}],"time":{"token":"range","from":"2026-08-01","to":"2026-08-31"},"grain":null,"compare":{"kind":"previous_period","from":"2026-07-01","to":"2026-07-31"},"having":[{"field":"revenue_growth_pct","op":"lt","value":-10}],"sort":{"by":"revenue_growth_pct","descending":false},"limit":{"count":3,"per":"store"}}
            """;

        var query = JsonSerializer.Deserialize(json, QuestionsJson.Default.AnalyticsQuery)!;

        Assert.Equal(json, JsonSerializer.Serialize(query, QuestionsJson.Default.AnalyticsQuery));
        Assert.Equal(json, JsonSerializer.Serialize(Good, QuestionsJson.Default.AnalyticsQuery));
    }

    [Fact]
    public void An_outcome_survives_its_json()
    {
        QuestionOutcome outcome = TestShop.Read("sales of biscuits last week");

        var json = JsonSerializer.Serialize(outcome, QuestionsJson.Default.QuestionOutcome);
        var again = Assert.IsType<UnclearQuestion>(JsonSerializer.Deserialize(json, QuestionsJson.Default.QuestionOutcome));

        Assert.StartsWith("{\"kind\":\"unclear\"", json, StringComparison.Ordinal);
        Assert.Equal(2, again.Readings.Count);
    }

    [Fact]
    public void An_unknown_slot_is_an_error() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
            """{"metrics":["revenue"],"time":{"token":"t","from":"2026-08-01","to":"2026-08-31"},"where":"1=1"}""", QuestionsJson.Default.AnalyticsQuery));
}
