using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Promotions;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class ChangeTests
{
    private const int Runs = 300;

    /// <summary>Most false alarms in <see cref="Runs"/> runs at a rate of 5 %: three deviations above 15.</summary>
    private const int MostFalse = 26;

    [Fact]
    public void The_t_of_a_split_is_its_size_over_the_error_of_both_means()
    {
        double[] weeks = [.. Enumerable.Range(0, 26).Select(i => i % 2 * 2.0), 5, 5, 5, 5];

        var shift = ShiftTest.At(weeks, 4)!.Value;

        // Before: mean 1, variance 26 / 25, no positive likeness of neighbours.
        Assert.Equal(4, shift.Size, 12);
        Assert.Equal(4 / Math.Sqrt(26 / 25.0 * (1 / 4.0 + 1 / 26.0)), shift.T, 9);
    }

    [Fact]
    public void Weeks_that_resemble_their_neighbours_prove_less()
    {
        double[] alternating = [.. Enumerable.Range(0, 26).Select(i => i % 2 * 2.0), 5, 5, 5, 5];
        double[] drifting = [.. Enumerable.Range(0, 26).Select(i => i < 13 ? 0.0 : 2.0), 5, 5, 5, 5];

        Assert.True(ShiftTest.At(drifting, 4)!.Value.T < 0.5 * ShiftTest.At(alternating, 4)!.Value.T);
    }

    [Theory]
    [InlineData(1.3, "up")]
    [InlineData(0.7, "down")]
    public void A_level_that_changed_four_weeks_ago_is_found_with_its_week_and_direction(double factor, string state)
    {
        var series = Brisk(new Random(3), 60, shift: day => day >= 56 * 7 ? factor : 1);

        var finding = Assert.Single(Shop.Find(new TrendFinder(), Shop.Store() with { Watched = [new WatchedSeries(series, "bread", 250)] }));

        Assert.Equal(state, finding.State);
        Assert.Equal(4, finding.Evidence["weeksSince"]);
        Assert.Equal(Shop.Today.AddDays(-28).DayNumber, finding.Evidence["beganDay"]);
        Assert.Equal(factor, finding.Evidence["perWeek"] / finding.Evidence["perWeekWithout"], 1);
        Assert.Equal(Math.Abs(finding.Evidence["perWeek"] - finding.Evidence["perWeekWithout"]) * 4 * 250, finding.StakeMinor, 3);
    }

    [Fact]
    public void A_rise_that_comes_every_year_is_no_change_once_a_year_is_known()
    {
        var random = new Random(4);
        var series = Brisk(random, 52 * 3, shift: day => day / 7 % 52 >= 48 ? 1.4 : 1);

        Assert.Empty(Shop.Find(new TrendFinder(), Shop.Store() with { Watched = [new WatchedSeries(series, "bread", 1)] }));
    }

    [Fact]
    public void Last_years_event_is_not_this_years_news()
    {
        var series = Brisk(new Random(5), 52 * 2 + 10, shift: day => day / 7 is >= 58 and < 62 ? 0.6 : 1);

        Assert.Empty(Shop.Find(new TrendFinder(), Shop.Store() with { Watched = [new WatchedSeries(series, "bread", 1)] }));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void Noise_is_seldom_called_a_trend(double likeness)
    {
        var alarms = Enumerable.Range(0, Runs).Count(run =>
            Shop.Find(new TrendFinder(), Shop.Store() with { Watched = Noise(new Random(run), 4, likeness) }).Count > 0);

        Assert.True(alarms <= MostFalse, $"{alarms} of {Runs}");
    }

    [Fact]
    public void Slow_counts_are_seldom_called_a_trend()
    {
        var alarms = Enumerable.Range(0, Runs).Count(run =>
        {
            var random = new Random(run);
            var watched = Enumerable.Range(0, 4).Select(k => Watch(k, [.. Enumerable.Range(0, 60 * 7).Select(_ => (double)Shop.Poisson(random, 0.4))]));
            return Shop.Find(new TrendFinder(), Shop.Store() with { Watched = [.. watched] }).Count > 0;
        });

        Assert.True(alarms <= MostFalse, $"{alarms} of {Runs}");
    }

    [Fact]
    public void A_weekday_that_gained_is_found_by_name()
    {
        // The series starts on a Monday and ends on a Sunday.
        var series = Brisk(new Random(6), 60, shift: day => day >= 52 * 7 && day % 7 == 5 ? 1.5 : 1);

        var finding = Assert.Single(Shop.Find(new SeasonFinder(), Shop.Store() with { Watched = [new WatchedSeries(series, "bread", 100)] }));

        Assert.Equal("Saturday up", finding.State);
        Assert.Equal((double)DayOfWeek.Saturday, finding.Evidence["weekday"]);
        Assert.Equal(DayOfWeek.Saturday, finding.Action.From!.Value.DayOfWeek);
        Assert.Equal(1.6 / 7.6, finding.Evidence["shareBefore"], 2);
        Assert.Equal(2.4 / 8.4, finding.Evidence["shareNow"], 2);
    }

    [Fact]
    public void Noise_is_seldom_called_a_change_of_season()
    {
        var alarms = Enumerable.Range(0, Runs).Count(run =>
            Shop.Find(new SeasonFinder(), Shop.Store() with { Watched = Noise(new Random(run), 4, 0) }).Count > 0);

        Assert.True(alarms <= MostFalse, $"{alarms} of {Runs}");
    }

    [Fact]
    public void A_promotion_is_credited_with_its_lift_and_not_with_the_weekday_it_runs_on()
    {
        // Promoted Fridays to Sundays of every other week; weekends sell twice as much anyway.
        var watched = Promoted(new Random(7), lift: 1.5, weekend: 2, new PromotionTerms("offer", 100, 90));

        var finding = Assert.Single(Shop.Find(new PromotionFinder(), Shop.Store() with { Watched = [watched] }));

        Assert.Equal("paid", finding.State);
        Assert.InRange(finding.Evidence["lift"], 0.45, 0.55);
        Assert.True(finding.Evidence["liftLow"] < 0.5 && finding.Evidence["liftHigh"] > 0.5);
        var (units, without) = (finding.Evidence["units"], finding.Evidence["unitsWithout"]);
        Assert.Equal(units * 90 - without * 100, finding.Evidence["gainMinor"], 3);
    }

    [Fact]
    public void A_promotion_that_gives_away_more_than_it_brings_is_to_be_stopped()
    {
        var watched = Promoted(new Random(8), lift: 1.2, weekend: 1, new PromotionTerms("offer", 100, 50));

        var finding = Assert.Single(Shop.Find(new PromotionFinder(), Shop.Store() with { Watched = [watched] }));

        Assert.Equal(InsightActionKind.StopPromotion, finding.Action.Kind);
        Assert.True(finding.Evidence["gainHighMinor"] < 0);
    }

    [Fact]
    public void A_promotion_without_effect_is_seldom_said_to_pay_or_cost()
    {
        var alarms = Enumerable.Range(0, Runs).Count(run =>
            Shop.Find(new PromotionFinder(), Shop.Store() with { Watched = [Promoted(new Random(run), 1, 1.5, new PromotionTerms("offer", 100, 100))] }).Count > 0);

        Assert.True(alarms <= MostFalse, $"{alarms} of {Runs}");
    }

    private static WatchedSeries Promoted(Random random, double lift, double weekend, PromotionTerms terms)
    {
        var offered = Enumerable.Range(0, 364).Select(day => day / 7 % 2 == 0 && day % 7 >= 4 ? 1.0 : 0).ToArray();
        var values = offered.Select((on, day) => 200 * (day % 7 >= 5 ? weekend : 1) * (on > 0 ? lift : 1) * Math.Exp(0.1 * Shop.Normal(random))).ToArray();
        var known = new Covariates(364, [new Covariate("offer", CovariateKind.Promotion, offered)]);
        return new WatchedSeries(Shop.Daily("a", values).With(known), "a", 1) { Promotions = [terms] };
    }

    private static TimeSeries Brisk(Random random, int weeks, Func<int, double> shift) => Shop.Daily(
        "bread", [.. Enumerable.Range(0, weeks * 7).Select(day => 100 * (day % 7 == 5 ? 1.6 : 1) * shift(day) * Math.Exp(0.08 * Shop.Normal(random)))]);

    private static List<WatchedSeries> Noise(Random random, int count, double likeness) =>
        [.. Enumerable.Range(0, count).Select(k => Watch(k, NoisyDays(random, likeness)))];

    /// <summary>Two years of days whose weeks resemble their neighbours.</summary>
    private static double[] NoisyDays(Random random, double likeness)
    {
        var (days, level) = (new double[104 * 7], 0.0);
        for (var i = 0; i < days.Length; i++)
        {
            if (i % 7 == 0)
                level = likeness * level + 0.05 * Shop.Normal(random);
            days[i] = 100 * Math.Exp(level + 0.05 * Shop.Normal(random));
        }
        return days;
    }

    private static WatchedSeries Watch(int k, double[] values) => new(Shop.Daily($"series {k}", values), $"series {k}", 1);
}
