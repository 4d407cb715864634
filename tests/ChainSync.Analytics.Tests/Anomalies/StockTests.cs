using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Stock tells "no demand" from "no goods".</summary>
public class StockTests
{
    private const int Day = 400;

    [Theory]
    [InlineData(0, AnomalyKind.NoGoods)]
    [InlineData(25, AnomalyKind.Outage)]
    [InlineData(double.NaN, AnomalyKind.Outage)]
    public void An_empty_shelf_and_a_full_one_are_told_apart(double stockThen, AnomalyKind kind)
    {
        var series = Streams.Daily(Streams.Product(1, 6)).Changed(Day, 4, _ => 0);
        var stock = Enumerable.Range(0, series.Count).Select(i => i is >= Day and < Day + 4 ? stockThen : 30).ToArray();

        var alert = Assert.Single(AnomalyScan.Run(series, null, stock), a => a.Through >= series.TimeAt(Day));

        Assert.Equal(kind, alert.Kind);
        Assert.Equal(series.TimeAt(Day), alert.Since);
    }

    [Fact]
    public void A_product_that_ran_out_often_may_do_so_again_unless_goods_were_there()
    {
        var series = Streams.Daily(Streams.Product(2, 3));
        for (var day = 60; day < Day; day += 20)
            series = series.Changed(day, 5, _ => 0);
        series = series.Changed(Day, 5, _ => 0);
        var full = Enumerable.Repeat(50.0, series.Count).ToArray();

        var unknown = AnomalyScan.Run(series).Where(a => a.Through >= series.TimeAt(Day)).ToList();
        var withGoods = AnomalyScan.Run(series, null, full).Where(a => a.Through >= series.TimeAt(Day)).ToList();

        Assert.Empty(unknown);
        Assert.Equal(AnomalyKind.Outage, Assert.Single(withGoods).Kind);
    }

    [Fact]
    public void An_empty_shelf_teaches_nothing_about_demand()
    {
        var series = Streams.Daily(Streams.Product(3, 8));
        var (full, empty) = (series.Detector(), series.Detector());
        full.Feed(series, 0, Day);
        empty.Feed(series, 0, Day);
        var before = Assert.NotNull(empty.Expect()).Expected;

        for (var i = Day; i < Day + 14; i++)
            empty.Add(new SeriesPoint(series.TimeAt(i), 0), stock: 0);

        Assert.Equal(before, Assert.NotNull(empty.Expect()).Expected, 0.15 * before);
    }

    [Fact]
    public void A_product_not_yet_on_sale_is_silent_without_alarm()
    {
        var values = new double[200].Concat(Streams.Product(4, 7, 300)).ToArray();

        Assert.DoesNotContain(AnomalyScan.Run(Streams.Daily(values)), a => a.Since < Panels.Monday.AddDays(260));
    }
}
