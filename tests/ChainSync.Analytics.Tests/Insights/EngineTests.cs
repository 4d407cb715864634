using System.Text.Json;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class EngineTests
{
    /// <summary>Revenue of the test store over 28 days.</summary>
    private const double MonthMinor = 28_000;

    [Theory]
    [InlineData(0.0101, 0, true)]
    [InlineData(0.0099, 0, false)]
    [InlineData(0.0099, 2.1, true)]
    [InlineData(0.0099, 1.9, false)]
    [InlineData(0.0004, 9, false)]
    public void An_insight_is_worth_one_per_cent_of_revenue_or_two_deviations(double share, double sigmas, bool told)
    {
        var report = Run(Claim("a", share, sigmas));

        Assert.Equal(told, report.Insights.Count == 1);
    }

    [Theory]
    [InlineData(0.005, false, InsightSeverity.Low)]
    [InlineData(0.005, true, InsightSeverity.Medium)]
    [InlineData(0.02, false, InsightSeverity.Medium)]
    [InlineData(0.05, false, InsightSeverity.High)]
    [InlineData(0.05, true, InsightSeverity.Critical)]
    [InlineData(0.5, true, InsightSeverity.Critical)]
    public void Severity_rises_with_the_share_of_revenue_and_with_urgency(double share, bool urgent, InsightSeverity severity)
    {
        Assert.Equal(severity, Assert.Single(Run(Claim("a", share, 3) with { Urgent = urgent }).Insights).Severity);
    }

    [Fact]
    public void The_most_severe_and_then_the_most_worth_comes_first()
    {
        var report = Run(Claim("small", 0.011, 0), Claim("large", 0.2, 0), Claim("urgent", 0.012, 0) with { Urgent = true }, Claim("middle", 0.02, 0));

        Assert.Equal(["large", "urgent", "middle", "small"], report.Insights.Select(i => i.Finding.SubjectId));
    }

    [Fact]
    public void The_same_claim_is_told_once_in_its_strongest_form()
    {
        var insight = Assert.Single(Run(Claim("a", 0.02, 0), Claim("a", 0.05, 0)).Insights);

        Assert.Equal(0.05, insight.ShareOfRevenue, 9);
    }

    [Fact]
    public void The_answer_is_bounded_in_all_and_per_kind()
    {
        Finding[] claims = [.. Enumerable.Range(0, 100).Select(i => Claim($"p{i:000}", 0.02 + i / 1000.0, 0, i < 50 ? InsightKind.DeadStock : InsightKind.SlowStock))];

        var report = Run(new InsightOptions { MostInsights = 12, MostPerKind = 7 }, claims);

        Assert.Equal(12, report.Insights.Count);
        Assert.All(report.Insights.GroupBy(i => i.Finding.Kind), kind => Assert.True(kind.Count() <= 7));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    public void An_unchanged_claim_is_quiet_for_seven_days(int later, int told)
    {
        var first = Run(Claim("a", 0.02, 0));

        var second = RunOn(later, first.History, Claim("a", 0.02, 0));

        Assert.Equal(told, second.Insights.Count);
    }

    [Fact]
    public void A_claim_that_got_worse_or_turned_comes_through_at_once()
    {
        var first = Run(Claim("a", 0.02, 0) with { State = "down" });

        Assert.Single(RunOn(1, first.History, Claim("a", 0.05, 0) with { State = "down" }).Insights);
        Assert.Single(RunOn(1, first.History, Claim("a", 0.02, 0) with { State = "up" }).Insights);
        Assert.Empty(RunOn(1, first.History, Claim("a", 0.011, 0) with { State = "down" }).Insights);
    }

    [Fact]
    public void A_quiet_day_does_not_prolong_the_quiet()
    {
        var history = Run(Claim("a", 0.02, 0)).History;
        for (var day = 1; day < 7; day++)
            history = RunOn(day, history, Claim("a", 0.02, 0)).History;

        Assert.Single(RunOn(7, history, Claim("a", 0.02, 0)).Insights);
    }

    [Fact]
    public void A_claim_cut_off_by_the_bound_is_not_remembered_as_told()
    {
        var first = Run(new InsightOptions { MostInsights = 1 }, Claim("a", 0.05, 0), Claim("b", 0.02, 0));

        Assert.Equal("b", Assert.Single(RunOn(1, first.History, Claim("a", 0.05, 0), Claim("b", 0.02, 0)).Insights).Finding.SubjectId);
    }

    [Fact]
    public void History_forgets_and_survives_being_stored()
    {
        var history = Run(Claim("b", 0.02, 0), Claim("a", 0.2, 0)).History;

        var loaded = InsightHistory.Load(history.Save());

        Assert.Equal(history.Shown, loaded.Shown);
        Assert.Equal(["DeadStock:a", "DeadStock:b"], loaded.Shown.Select(s => s.Key));
        Assert.Empty(RunOn(7, loaded).History.Shown);
        Assert.Throws<JsonException>(() => InsightHistory.Load("{}"u8));
        Assert.Throws<JsonException>(() => InsightHistory.Load("nonsense"u8));
    }

    [Fact]
    public void Words_are_made_of_the_evidence()
    {
        var insight = Assert.Single(Run(Claim("a", 0.02, 0)).Insights);

        Assert.Equal("a has not sold for 60 days", insight.Title);
        Assert.Equal("8 on hand tie up USD 5.60. In the 60 days before, 12 were sold.", insight.Explanation);
    }

    [Theory]
    [InlineData(0, "JPY 560")]
    [InlineData(2, "JPY 5.60")]
    [InlineData(3, "JPY 0.560")]
    public void Money_is_written_with_the_places_of_its_currency(int digits, string money)
    {
        var engine = new InsightEngine(finders: [new Fixed([Claim("a", 0.02, 0)])]);

        var insight = Assert.Single(engine.Run(Shop.Store() with { Currency = "JPY", CurrencyDigits = digits }).Insights);

        Assert.Contains(money + ".", insight.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var product = Shop.Product("a", Shop.Daily("a", 1)) with { Stock = Shop.OnHand(1), CostMinor = 1 };

        Assert.Throws<OperationCanceledException>(() => new InsightEngine().Run(Shop.Store() with { Products = [product] }, cancellationToken: stop.Token));
    }

    [Fact]
    public void Every_kind_has_a_family()
    {
        Assert.All(Enum.GetValues<InsightKind>(), kind => Assert.True(Enum.IsDefined(InsightEngine.CategoryOf(kind))));
        Assert.Equal(InsightCategory.Trend, InsightEngine.CategoryOf(InsightKind.TrendChange));
    }

    private static Finding Claim(string subject, double share, double sigmas, InsightKind kind = InsightKind.DeadStock) => new(
        kind,
        subject,
        new Evidence(
            "dead-stock",
            Shop.Today.AddDays(-60),
            Shop.Today.AddDays(-1),
            Evidence.Numbers(("available", 8), ("unitCostMinor", 70), ("knownDays", 60), ("limitDays", 120)),
            Evidence.Numbers(("sold", 0), ("soldBefore", 12), ("tiedUpMinor", 560), ("fastestPerDay", 1), ("leastCoverDays", 130), ("excess", 1), ("excessMinor", 70))),
        new InsightAction(InsightActionKind.ClearOut, subject) { Quantity = 8 })
    {
        SubjectName = subject,
        StakeMinor = share * MonthMinor,
        StakeDays = 28,
        Sigmas = sigmas,
    };

    private static InsightReport Run(params Finding[] claims) => Run(new InsightOptions(), claims);

    private static InsightReport Run(InsightOptions options, params Finding[] claims) => new InsightEngine(options, [new Fixed(claims)]).Run(Shop.Store());

    private static InsightReport RunOn(int later, InsightHistory history, params Finding[] claims)
    {
        var revenue = new TimeSeries("revenue", Grain.Daily, Shop.Store().Revenue.Start.AddDays(later), Shop.Store().Revenue.Values.ToArray());
        return new InsightEngine(finders: [new Fixed(claims)]).Run(Shop.Store() with { Today = Shop.Today.AddDays(later), Revenue = revenue }, history);
    }

    private sealed class Fixed(Finding[] claims) : IInsightFinder
    {
        public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken) => claims;
    }
}
