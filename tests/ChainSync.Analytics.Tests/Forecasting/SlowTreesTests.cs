using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Forecasting.Trees;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class SlowTreesTests
{
    private const int Days = 420;

    [Fact]
    public void The_common_rhythm_spreads_a_week_and_the_week_keeps_its_size()
    {
        var panel = Panel(weekday: d => d % 7 == 5 ? 3 : 1, promotion: 1);

        var fitted = new TreesModel().Fit(panel);

        var (saturdays, others, expected) = (0.0, 0.0, 0.0);
        foreach (var (series, k) in panel.Select((s, k) => (s, k)))
        {
            var forecast = fitted.Predict(series, 28);
            for (var h = 0; h < forecast.Length; h++)
                if ((Days + h) % 7 == 5)
                    saturdays += forecast[h];
                else
                    others += forecast[h];
            expected += Level(k) * 4 * 9;
        }

        Assert.IsType<SlowTreesFit>(fitted);
        Assert.InRange(saturdays / (others / 6), 2.6, 3.4);
        Assert.InRange((saturdays + others) / expected, 0.93, 1.07);
    }

    [Fact]
    public void A_planned_promotion_lifts_its_days_only()
    {
        var panel = Panel(weekday: _ => 1, promotion: 2.5);

        var fitted = new TreesModel().Fit(panel);

        var (promoted, plain) = (new List<double>(), new List<double>());
        foreach (var series in panel)
        {
            var forecast = fitted.Predict(series, 28);
            for (var h = 0; h < forecast.Length; h++)
                (series.Known.Columns[0].Values.Span[Days + h] > 0 ? promoted : plain).Add(forecast[h]);
        }

        Assert.InRange(promoted.Average() / plain.Average(), 2.0, 3.0);
    }

    [Fact]
    public void A_run_of_zeros_that_chance_hardly_explains_is_an_empty_shelf()
    {
        var values = Enumerable.Range(0, 200).Select(i => i >= 170 ? 0.0 : 2.0).ToArray();

        var view = new SlowView(new TimeSeries("a", Grain.Daily, Panels.Monday, values), 0);

        Assert.InRange(view.StockedMean(200, 56), 1.8, 2.0);
        Assert.InRange(view.EmptyShare(200, 60), 0.4, 0.5);
        Assert.Equal(0, view.EmptyShare(170, 60));
        Assert.Equal(30, view.Panel.SinceSale(200));
    }

    [Fact]
    public void Prices_are_read_against_what_was_usual_before_the_origin()
    {
        var prices = Enumerable.Range(0, 130).Select(i => i < 100 ? 4.0 : 3.0).ToArray();
        var known = new Covariates(prices.Length, [new Covariate("price", CovariateKind.Price, prices)]);
        var series = new TimeSeries("a", Grain.Daily, Panels.Monday, Enumerable.Repeat(1.0, 100).ToArray(), known);

        var view = new SlowView(series, 30);

        Assert.Equal(0.75, view.PriceRatio(110, 100, 28), 1e-12);
        Assert.Equal(0.75, view.PriceAgainstHighest(110, 100, 364), 1e-12);
        Assert.Equal(1, new SlowView(series.With(Covariates.None), 30).PriceRatio(110, 100, 28));
    }

    private static double Level(int series) => 0.4 + 0.1 * series;

    /// <summary>Poisson counts around a level per series.</summary>
    private static List<TimeSeries> Panel(Func<int, double> weekday, double promotion)
    {
        var random = new Random(4);
        var events = Enumerable.Range(0, 40).Select(k => DateOnly.FromDateTime(Panels.Monday).AddDays(12 * k))
            .Select(d => new CalendarEvent("promotion", CovariateKind.Promotion, d, d.AddDays(2))).ToList();
        var known = new TradingCalendar { Events = events }.Describe(Grain.Daily, Panels.Monday, Days + 28);
        var flag = known.Columns[0].Values;
        return
        [
            .. Enumerable.Range(0, 25).Select(k => new TimeSeries(
                $"item {k}",
                Grain.Daily,
                Panels.Monday,
                Enumerable.Range(0, Days).Select(d => (double)Poisson(random, Level(k) * weekday(d) * (flag.Span[d] > 0 ? promotion : 1))).ToArray(),
                known)
            { Group = "item" }),
        ];
    }

    private static int Poisson(Random random, double mean)
    {
        var count = 0;
        for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
            count++;
        return count;
    }
}
