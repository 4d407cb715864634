using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Each trouble is found, named and dated; ordinary trade is not.</summary>
public class AnomalyKindsTests
{
    private const int Day = 420;

    [Theory]
    [InlineData(AnomalyKind.Spike, 1, 2.2)]
    [InlineData(AnomalyKind.Drop, 1, 0.4)]
    [InlineData(AnomalyKind.Outage, 3, 0)]
    [InlineData(AnomalyKind.Missing, 2, double.NaN)]
    [InlineData(AnomalyKind.LevelUp, 15, 1.35)]
    [InlineData(AnomalyKind.LevelDown, 15, 0.72)]
    public void A_trouble_is_found_named_and_dated(AnomalyKind kind, int days, double factor)
    {
        var series = Streams.Shop(seed: 3).Changed(Day, days, v => v * factor);

        var alert = Assert.Single(AnomalyScan.Run(series), a => a.Through >= series.TimeAt(Day) && a.Raised <= series.TimeAt(Day + days));

        Assert.Equal(kind, alert.Kind);
        Assert.InRange(alert.Since, series.TimeAt(Day - 1), series.TimeAt(Day + 2));
        Assert.InRange(alert.Raised, series.TimeAt(Day), series.TimeAt(Day + Math.Min(days - 1, 9)));
        Assert.True(alert.Seen < alert.Expected == factor is not > 1, alert.Explanation);
    }

    [Fact]
    public void Ordinary_trade_raises_less_than_an_alert_in_three_years()
    {
        var alerts = Enumerable.Range(0, 30).Sum(seed => AnomalyScan.Run(Streams.Shop(seed)).Count);

        Assert.InRange(alerts, 0, (int)(30 * Panels.Days / 365.25 / 3));
    }

    [Fact]
    public void Slow_products_are_allowed_their_zeros()
    {
        var alerts = Enumerable.Range(0, 20).Sum(seed => AnomalyScan.Run(Streams.Daily(Streams.Product(seed, 0.5 + 0.2 * seed))).Count);

        Assert.InRange(alerts, 0, (int)(20 * 500 / 365.25));
    }

    [Fact]
    public void A_promotion_in_the_calendar_is_no_news_and_without_the_calendar_it_is()
    {
        var promotion = Enumerable.Range(0, Panels.Days).Select(i => i % 60 is 40 or 41 ? 1.0 : 0).ToArray();
        var plain = Streams.Plain(seed: 8);
        var values = plain.Values.ToArray().Select((v, i) => v * (1 + 1.2 * promotion[i])).ToArray();
        var blind = AnomalyScan.Run(Streams.Daily(values));
        var known = AnomalyScan.Run(Streams.Daily(values).With(new Covariates(values.Length, [new Covariate("promotion", CovariateKind.Promotion, promotion)])));

        Assert.Empty(known);
        Assert.NotEmpty(blind);
    }

    [Fact]
    public void A_first_holiday_widens_the_band_and_later_ones_are_expected()
    {
        var values = Streams.Shop(seed: 4, noise: 0.03).Values.ToArray();
        var holiday = new double[values.Length];
        for (var i = 130; i < values.Length; i += 120)
            (holiday[i], values[i]) = (1, values[i] * 0.6);
        var known = new Covariates(values.Length, [new Covariate("feast", CovariateKind.Holiday, holiday)]);
        var detector = new AnomalyDetector("a", Grain.Daily, Panels.Monday, known);
        var series = new TimeSeries("a", Grain.Daily, Panels.Monday, values, known);

        Assert.DoesNotContain(detector.Feed(series, 0, 490), a => a.Raised == series.TimeAt(130));
        var expected = Assert.NotNull(detector.Expect()).Expected;
        Assert.InRange(expected / values[483], 0.5, 0.75);
    }

    [Fact]
    public void A_new_level_that_stays_is_one_alert_and_then_normal()
    {
        var series = Streams.Shop(seed: 5).Changed(300, 200, v => v * 1.5);

        var after = AnomalyScan.Run(series).Where(a => a.Through >= series.TimeAt(300)).ToList();

        Assert.Single(after);
        Assert.Equal(AnomalyKind.LevelUp, after[0].Kind);
        Assert.True(after[0].Through < series.TimeAt(350), after[0].Explanation);
    }

    [Fact]
    public void A_gap_of_one_day_does_not_split_an_alert_and_a_longer_one_does()
    {
        var shop = Streams.Shop(seed: 6);
        TimeSeries Spikes(params int[] days) => days.Aggregate(shop, (s, d) => s.Changed(d, 1, v => v * 3));

        Assert.Equal(2, Assert.Single(AnomalyScan.Run(Spikes(400, 402)), a => a.Kind == AnomalyKind.Spike).Periods);
        Assert.Equal(2, AnomalyScan.Run(Spikes(400, 403)).Count(a => a.Kind == AnomalyKind.Spike));
    }

    [Fact]
    public void Closed_days_are_neither_missing_nor_gaps()
    {
        var closed = Enumerable.Range(0, Panels.Days).Select(i => i % 7 == 6).ToArray();
        var shop = Streams.Shop(seed: 7);
        var values = shop.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
            if (closed[i])
                values[i] = double.NaN;
        var series = new TimeSeries("a", Grain.Daily, shop.Start, values, new Covariates(values.Length, shop.Known.Columns.Select(c => c with { Values = c.Values[..values.Length] }).ToList(), closed));

        Assert.Empty(AnomalyScan.Run(series));
        Assert.Equal(AnomalyKind.Missing, Assert.Single(AnomalyScan.Run(series.Changed(Day, 1, _ => double.NaN))).Kind);
    }

    [Theory]
    [InlineData(Grain.Hourly, 600)]
    [InlineData(Grain.Weekly, 150)]
    public void Hours_and_weeks_are_watched_too(Grain grain, int count)
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, count).Select(i => Math.Round(200 * (grain == Grain.Hourly && i % 24 < 8 ? 0.3 : 1) * Math.Exp(0.05 * Panels.Normal(random)))).ToArray();
        var series = new TimeSeries("a", grain, Panels.Monday, values).Changed(count - 20, 1, v => v * 3);

        var alert = Assert.Single(AnomalyScan.Run(series));

        Assert.Equal((AnomalyKind.Spike, series.TimeAt(count - 20)), (alert.Kind, alert.Since));
    }
}
