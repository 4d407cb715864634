using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Severity never falls with how far, how long or how costly.</summary>
public class SeverityTests
{
    private const int Day = 400;

    [Fact]
    public void Farther_is_never_less_severe() => Check(c =>
    {
        var (near, far) = (Worst(c.Series, c.Factor, 1), Worst(c.Series, Math.Pow(c.Factor, c.More), 1));

        return near <= far;
    });

    [Fact]
    public void Longer_is_never_less_severe() => Check(c =>
    {
        var detector = c.Series.Detector();
        detector.Feed(c.Series, 0, Day);
        var severity = 0.0;
        var number = 0;

        for (var i = Day; i < Day + 20; i++)
            foreach (var alert in detector.Add(new SeriesPoint(c.Series.TimeAt(i), Math.Round(c.Series.Values[i] * c.Factor))))
            {
                if (alert.Number == number && alert.Severity < severity)
                    return false;
                (number, severity) = (alert.Number, alert.Severity);
            }

        return true;
    });

    [Fact]
    public void Three_bad_days_are_more_severe_than_the_first_of_them() => Check(c => Worst(c.Series, c.Factor, 1) is var one && Worst(c.Series, c.Factor, 3) >= one);

    [Fact]
    public void Costlier_is_more_severe_at_the_same_distance() => Check(c =>
    {
        var options = new AnomalyOptions { MaterialMoney = 1000 };
        double At(double price) => Worst(c.Series, c.Factor, 1, options, Enumerable.Repeat(price, c.Series.Count).ToArray());
        var (cheap, dear) = (At(2), At(2 * c.More));

        return cheap == 0 ? dear == 0 : cheap < dear;
    });

    [Fact]
    public void A_level_is_measured_against_the_level_before_it_with_the_band_of_its_sum()
    {
        var before = Streams.Plain(seed: 5, noise: 0.1);
        var series = before.Changed(Day, 21, v => v * 1.25);
        var money = Enumerable.Repeat(2.0, series.Count).ToArray();

        var alert = Assert.Single(AnomalyScan.Run(series, prices: money), a => a.Kind == AnomalyKind.LevelUp);

        var at = (int)(alert.Since - series.Start).TotalDays;
        Assert.InRange(at, Day - 2, Day + 2);
        Assert.InRange(alert.Expected / before.Values[at..(at + alert.Periods)].ToArray().Average(), 0.93, 1.07);
        Assert.Equal(series.Values[at..(at + alert.Periods)].ToArray().Average(), alert.Seen, 1e-9);
        Assert.True(alert.Seen > alert.Upper && alert.Lower < alert.Expected, alert.Explanation);
        Assert.InRange(alert.Upper / alert.Expected, 1, 1.25);
        Assert.Equal(2 * alert.Periods * (alert.Seen - alert.Expected), alert.MoneyAtStake, 1e-6 * alert.MoneyAtStake);
    }

    [Theory]
    [InlineData(3, 12)]
    [InlineData(4, 20)]
    public void A_new_level_of_a_product_is_told_as_higher_than_expected(int seed, double mean)
    {
        var series = Streams.Daily(Streams.Product(seed, mean)).Changed(Day, 30, v => v * 2);

        var alert = Assert.Single(AnomalyScan.Run(series), a => a.Kind == AnomalyKind.LevelUp);

        Assert.InRange(alert.Expected, 0.75 * mean, 1.25 * mean);
        Assert.InRange(alert.Seen, 1.6 * mean, 2.4 * mean);
        Assert.True(alert.Seen > alert.Upper, alert.Explanation);
    }

    /// <summary>The largest severity of what is told from the changed days on; 0 when nothing is.</summary>
    private static double Worst(TimeSeries series, double factor, int days, AnomalyOptions? options = null, double[]? prices = null)
    {
        var changed = series.Changed(Day, days, v => Math.Round(v * factor)).Head(Day + days);
        return AnomalyScan.Run(changed, options, prices: prices.AsSpan(0, prices is null ? 0 : Day + days))
            .Where(a => a.Through >= series.TimeAt(Day)).Select(a => a.Severity).DefaultIfEmpty(0).Max();
    }

    private static void Check(Func<Case, bool> holds)
    {
        var cases = from seed in Gen.Choose(1, 1_000_000)
                    from slow in Gen.Elements(true, false)
                    from factor in Gen.Elements(0.1, 0.3, 0.5, 1.6, 2.2, 3.5)
                    from more in Gen.Elements(1.2, 1.7, 3)
                    select new Case(slow ? Streams.Daily(Streams.Product(seed, 3 + seed % 15)) : Streams.Shop(seed), factor, more, $"seed {seed}, slow {slow}, ×{factor}, more {more}");
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private sealed record Case(TimeSeries Series, double Factor, double More, string Words)
    {
        public override string ToString() => Words;
    }
}
