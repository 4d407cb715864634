using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class StaffingTests
{
    [Fact]
    public void Hours_with_too_few_and_too_many_people_are_told_as_stretches()
    {
        // Closed at 0 and 5 o'clock; one person serves ten an hour.
        double[] mean = [0, 5, 28, 32, 8, 0];
        double[] upper = [0, 9, 34, 38, 12, 0];
        double[] people = [0, 3, 2, 2, 2, 0];

        var findings = Shop.Find(new StaffingFinder(), Input(mean, upper, people));

        Assert.Equal([InsightKind.OverStaffed, InsightKind.UnderStaffed], findings.Select(f => f.Kind));
        Assert.Equal((2.0, 1.0, 2.0), (findings[0].Action.Quantity!.Value, findings[0].Evidence["neededHours"], findings[0].Evidence["people"]));
        Assert.Equal(2 * 1500, findings[0].StakeMinor, 9);
        Assert.Equal((8.0, 4.0), (findings[1].Evidence["neededHours"], findings[1].Evidence["plannedHours"]));
        Assert.Equal((8 + 12) * 400, findings[1].StakeMinor, 9);
        Assert.Equal((2, 4), (findings[1].Action.From!.Value.Hour, findings[1].Action.To!.Value.Hour));
    }

    [Theory]
    [InlineData(1, "1 person more than needed")]
    [InlineData(2, "2 people more than needed")]
    public void One_is_a_person(double planned, string words)
    {
        var input = Input([0], [0], [planned]);

        Assert.StartsWith(words, InsightWords.Of(Assert.Single(Shop.Find(new StaffingFinder(), input)), input).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_between_the_expected_and_the_busy_hour_is_fine()
    {
        Assert.Empty(Shop.Find(new StaffingFinder(), Input([25, 25], [38, 38], [3, 4])));
    }

    [Fact]
    public void People_planned_while_closed_are_too_many()
    {
        var finding = Assert.Single(Shop.Find(new StaffingFinder(), Input([0], [0], [1])));

        Assert.Equal(InsightKind.OverStaffed, finding.Kind);
    }

    [Fact]
    public void A_stretch_ends_at_midnight()
    {
        double[] hours = [.. Enumerable.Repeat(5.0, 48)];

        var findings = Shop.Find(new StaffingFinder(), Input(hours, hours, [.. Enumerable.Repeat(3.0, 48)]));

        Assert.Equal([0, 24], findings.Select(f => (int)(f.Action.From!.Value - Shop.Today.ToDateTime(TimeOnly.MinValue)).TotalHours));
    }

    private static InsightInput Input(double[] mean, double[] upper, double[] people) => Shop.Store() with
    {
        Staffing = new StaffingPlan(
            new Forecast("orders", "test", Grain.Hourly, Shop.Today.ToDateTime(TimeOnly.MinValue), mean, [new IntervalBand(0.8, new double[mean.Length], upper)]),
            people,
            PerPersonHour: 10,
            WageMinor: 1500,
            WorthMinor: 400),
    };
}
