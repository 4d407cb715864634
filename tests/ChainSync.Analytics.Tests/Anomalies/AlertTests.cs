using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>What an alert says, how many there may be, and what input is refused.</summary>
public class AlertTests
{
    private const int Day = 400;

    [Fact]
    public void No_more_alerts_a_month_than_promised_and_the_strongest_win()
    {
        var series = Streams.Plain(seed: 1);
        foreach (var day in (ReadOnlySpan<int>)[400, 404, 408, 412, 416, 420])
            series = series.Changed(day, 1, v => v * 1.7);
        var options = new AnomalyOptions { MostPerMonth = 3, BarRise = 0.7 };

        var weak = AnomalyScan.Run(series, options).Where(a => a.Raised >= series.TimeAt(Day)).ToList();
        var oneStrong = AnomalyScan.Run(series.Changed(420, 1, v => v * 5), options).Where(a => a.Raised >= series.TimeAt(Day)).ToList();

        Assert.Single(weak);
        Assert.Equal([series.TimeAt(400), series.TimeAt(420)], oneStrong.Select(a => a.Raised));
    }

    [Fact]
    public void The_bound_holds_for_facts_too()
    {
        var series = Streams.Shop(seed: 1);
        for (var day = 300; day < 480; day += 5)
            series = series.Changed(day, 1, _ => double.NaN);

        var raised = AnomalyScan.Run(series).Select(a => a.Raised).ToList();

        Assert.True(raised.Count > 4);
        Assert.All(raised, first => Assert.InRange(raised.Count(r => r >= first && r < first.AddDays(30)), 1, new AnomalyOptions().MostPerMonth));
    }

    /// <summary>Four gaps fill the month; the fifth is told when the first is thirty days ago, not a day sooner.</summary>
    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void The_month_ends_after_thirty_days(int later, bool told)
    {
        var series = new[] { 0, 5, 10, 15, later }.Aggregate(Streams.Shop(seed: 1), (s, day) => s.Changed(Day + day, 1, _ => double.NaN));

        var gaps = AnomalyScan.Run(series).Where(a => a.Kind == AnomalyKind.Missing).ToList();

        Assert.Equal(4, gaps.Count(a => a.Raised < series.TimeAt(Day + later)));
        Assert.Equal(told, gaps.Exists(a => a.Raised == series.TimeAt(Day + later)));
    }

    [Fact]
    public void Severity_rises_with_distance_and_with_cost()
    {
        var series = Streams.Shop(seed: 3);
        double Severity(double factor, double price = double.NaN, double material = double.NaN) => Assert.Single(
            AnomalyScan.Run(series.Changed(Day, 1, v => v * factor), new AnomalyOptions { MaterialMoney = material }, prices: Enumerable.Repeat(price, series.Count).ToArray()),
            a => a.Raised == series.TimeAt(Day)).Severity;

        double[] byDistance = [Severity(1.8), Severity(2.5), Severity(4), Severity(9)];
        double[] byMoney = [Severity(0.3, 1, 1000), Severity(0.3, 5, 1000), Severity(0.3, 50, 1000)];

        Assert.Equal(byDistance.Order(), byDistance);
        Assert.Equal(byMoney.Order(), byMoney);
        Assert.Equal(4 + 3, byDistance.Concat(byMoney).Distinct().Count());
        Assert.All(byDistance.Concat(byMoney), s => Assert.InRange(s, 0, 100));
    }

    [Fact]
    public void An_alert_says_what_was_expected_seen_and_lost()
    {
        var series = Streams.Shop(seed: 3).Changed(Day, 1, _ => 60);

        var alert = Assert.Single(AnomalyScan.Run(series, prices: Enumerable.Repeat(2.0, series.Count).ToArray()));

        Assert.Equal(60, alert.Seen);
        Assert.InRange(60, 0, alert.Lower);
        Assert.InRange(alert.Expected, alert.Lower, alert.Upper);
        Assert.Equal(2 * (alert.Expected - 60), alert.MoneyAtStake, 1e-9);
        Assert.Equal(
            FormattableString.Invariant($"On 4 February 2025, a drop: 60 against {alert.Expected:#,0} expected ({alert.Lower:#,0} to {alert.Upper:#,0}). About {alert.MoneyAtStake:#,0} of money is at stake."),
            alert.Explanation);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(12)]
    public void Counts_inside_the_band_raise_nothing_and_the_first_outside_does(double mean)
    {
        var series = Streams.Daily(Streams.Product(7, mean));
        ExpectedPeriod Tomorrow(AnomalyDetector detector)
        {
            detector.Feed(series, 0, Day);
            return Assert.NotNull(detector.Expect());
        }
        List<Alert> After(double value)
        {
            var detector = series.Detector(new AnomalyOptions { Slow = new AnomalyOptions().Slow with { Silence = double.PositiveInfinity, Shift = double.PositiveInfinity } });
            var time = Tomorrow(detector).Time;
            return [.. detector.Add(new SeriesPoint(time, value))];
        }
        var band = Tomorrow(series.Detector());

        Assert.Empty(After(band.Upper));
        Assert.Equal(AnomalyKind.Spike, Assert.Single(After(band.Upper + 1)).Kind);
        Assert.Empty(After(band.Lower));
        Assert.True(band.Lower == 0 || Assert.Single(After(band.Lower - 1)).Kind is AnomalyKind.Drop or AnomalyKind.Outage);
        Assert.InRange(band.Upper, band.Expected, 8 * band.Expected + 10);
    }

    [Fact]
    public void A_period_reported_twice_is_told_and_not_learned_from()
    {
        var series = Streams.Shop(seed: 4);
        var (once, twice) = (series.Detector(), series.Detector());
        once.Feed(series, 0, Day);
        twice.Feed(series, 0, Day);

        var alert = Assert.Single(twice.Add(new SeriesPoint(series.TimeAt(Day - 1), 999)));

        Assert.Equal((AnomalyKind.Duplicate, 999.0, series.TimeAt(Day - 1)), (alert.Kind, alert.Seen, alert.Since));
        Assert.Equal(once.Expect(), twice.Expect());
    }

    public static TheoryData<SeriesProblem, double, double> Bad => new()
    {
        { SeriesProblem.UnorderedTime, Day - 2, 1 },
        { SeriesProblem.OffGridTime, Day + 0.5, 1 },
        { SeriesProblem.NotANumber, Day, double.PositiveInfinity },
        { SeriesProblem.Regressor, Panels.Days + 40, 1 },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_points_are_refused_by_cause_and_change_nothing(SeriesProblem problem, double day, double value)
    {
        var series = Streams.Shop(seed: 5);
        var detector = series.Detector();
        detector.Feed(series, 0, Day);
        var before = detector.Save();

        var refusal = Assert.Throws<SeriesException>(() => detector.Add(new SeriesPoint(Panels.Monday.AddDays(day), value)));

        Assert.Equal(problem, refusal.Problem);
        Assert.Equal(before, detector.Save());
    }

    [Fact]
    public void Stock_for_other_periods_is_refused()
    {
        var refusal = Assert.Throws<SeriesException>(() => AnomalyScan.Run(Streams.Shop(seed: 5), null, new double[3]));

        Assert.Equal((SeriesProblem.Regressor, 3), (refusal.Problem, refusal.Index));
    }

    [Fact]
    public void The_expectation_reaches_ahead_and_grows_less_sure()
    {
        var series = Streams.Shop(seed: 6);
        var detector = series.Detector();
        Assert.Null(detector.Expect());
        detector.Feed(series, 0, Day);

        var (tomorrow, later) = (Assert.NotNull(detector.Expect()), Assert.NotNull(detector.Expect(ahead: 29)));

        Assert.Equal(series.TimeAt(Day), tomorrow.Time);
        Assert.InRange(series.Values[Day], tomorrow.Lower, tomorrow.Upper);
        Assert.True((later.Upper - later.Lower) / later.Expected > (tomorrow.Upper - tomorrow.Lower) / tomorrow.Expected);
        Assert.Throws<SeriesException>(() => detector.Expect(ahead: 1000));
    }
}
