using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Anomalies.Evidence;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Products that go off and come back, with no stock file to say so.</summary>
public class AvailabilityTests
{
    private const int Day = 300;

    [Fact]
    public void The_state_is_filtered_as_by_hand()
    {
        var state = new Availability();

        state.Learn(zero: true, chance: 0.1);
        var first = state.Off;
        state.Learn(zero: false, chance: 0.1);

        // Leaves once in 250 days: 0.004 · 1 against 0.996 · 0.1.
        Assert.Equal(0.004 / (0.004 + 0.0996), first, 1e-12);
        Assert.Equal(0, state.Off);
    }

    [Fact]
    public void Zeros_of_a_slow_product_stay_its_own_and_those_of_a_brisk_one_do_not()
    {
        double After(double chance, int zeros)
        {
            var state = new Availability();
            for (var i = 0; i < zeros; i++)
                state.Learn(true, chance);
            return state.Off;
        }

        Assert.InRange(After(0.8, 4), 0, 0.15);
        Assert.InRange(After(0.01, 2), 0.9, 1);
    }

    [Fact]
    public void An_unknown_stock_out_leaves_the_expectation_where_it_was()
    {
        var series = Streams.Daily(Streams.Product(3, 8)).Changed(Day, 20, _ => 0);
        var detector = series.Detector();
        detector.Feed(series, 0, Day);
        var before = Assert.NotNull(detector.Expect()).Expected;

        detector.Feed(series, Day, Day + 20);

        Assert.Equal(before, Assert.NotNull(detector.Expect()).Expected, 0.2 * before);
    }

    /// <summary>Off for seven days in every twenty, so often that no silence is worth an alert.</summary>
    [Fact]
    public void A_product_that_is_often_off_is_expected_as_it_sells_when_it_is_there()
    {
        var bands = Enumerable.Range(1, 10).Select(seed =>
        {
            var series = Streams.Daily(Streams.Product(seed, 4));
            for (var day = 60; day < 480; day += 20)
                series = series.Changed(day, 7, _ => 0);
            var detector = series.Detector();
            detector.Feed(series, 0, 480);
            return Assert.NotNull(detector.Expect());
        }).ToList();

        Assert.InRange(bands.Average(b => b.Expected), 3.6, 4.4);
        Assert.InRange(bands.Average(b => b.Upper), 10, 20);
    }

    [Fact]
    public void The_way_back_from_a_stock_out_is_no_news()
    {
        var series = Streams.Daily(Streams.Product(3, 8)).Changed(Day, 20, _ => 0);

        var alert = Assert.Single(AnomalyScan.Run(series), a => a.Through >= series.TimeAt(Day));

        Assert.Equal((AnomalyKind.Outage, series.TimeAt(Day)), (alert.Kind, alert.Since));
        Assert.True(alert.Through < series.TimeAt(Day + 20));
    }

    [Fact]
    public void A_product_given_up_is_told_once()
    {
        var series = Streams.Daily(Streams.Product(3, 8)).Changed(Day, 200, _ => 0);

        var alert = Assert.Single(AnomalyScan.Run(series), a => a.Through >= series.TimeAt(Day));

        Assert.Equal(AnomalyKind.Outage, alert.Kind);
        Assert.InRange(alert.Through, series.TimeAt(Day + 20), series.TimeAt(Day + 40));
    }

    [Fact]
    public void An_expectation_never_leaves_what_was_ever_sold()
    {
        var cases = from seed in Gen.Choose(1, 1_000_000)
                    from tenths in Gen.Choose(3, 60)
                    from away in Gen.Choose(1, 120)
                    from back in Gen.Elements(1.0, 4, 15)
                    select (seed, tenths, away, back);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var sales = Streams.Product(c.seed, c.tenths / 10.0);
            var series = Streams.Daily(sales).Changed(Day, c.away, _ => 0).Changed(Day + c.away, 20, v => v * c.back);
            var most = series.Values.ToArray().Max();
            var detector = series.Detector();
            detector.Feed(series, 0, Day);
            for (var day = Day; day < 480; day++)
            {
                detector.Feed(series, day, day + 1);
                if (Assert.NotNull(detector.Expect()).Expected > most)
                    return false;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    /// <summary>Ten falls of three weeks, too slow to be told, each with its return in one day.</summary>
    [Fact]
    public void A_level_that_returns_to_the_usual_one_is_no_news()
    {
        var alerts = Enumerable.Range(1, 10).SelectMany(seed =>
        {
            var values = Streams.Plain(seed).Values.ToArray();
            for (var i = 0; i < 21; i++)
                values[Day + i] = Math.Round(values[Day + i] * (1 - 0.2 * i / 21.0));
            return AnomalyScan.Run(Streams.Daily(values)).Where(a => a.Kind == AnomalyKind.LevelUp);
        });

        Assert.Empty(alerts);
    }
}
