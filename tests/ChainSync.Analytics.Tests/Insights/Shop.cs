using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Prices;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Tests.Insights;

/// <summary>Small made-up stores for one morning.</summary>
internal static class Shop
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    /// <summary>A daily series that ends yesterday.</summary>
    public static TimeSeries Daily(string id, params double[] values) =>
        new(id, Grain.Daily, Today.ToDateTime(TimeOnly.MinValue).AddDays(-values.Length), values) { Group = "product" };

    /// <summary>A store whose revenue is the same every day.</summary>
    public static InsightInput Store(double revenuePerDayMinor = 1000) => new()
    {
        StoreId = "store",
        Today = Today,
        Revenue = Daily("revenue", [.. Enumerable.Repeat(revenuePerDayMinor, 56)]),
    };

    public static ProductFacts Product(string id, TimeSeries sales) => new() { Id = id, Name = id, Sales = sales };

    public static Forecast Forecast(string id, params double[] mean) =>
        new(id, "test", Grain.Daily, Today.ToDateTime(TimeOnly.MinValue), mean, []);

    public static StockPosition OnHand(double units) => new(units, 0, []);

    public static IReadOnlyList<PriceFrom> Prices(params (int DaysAgo, long PriceMinor)[] prices) =>
        [.. prices.Select(p => new PriceFrom(Today.AddDays(-p.DaysAgo), p.PriceMinor))];

    /// <summary>Replays of one product that forecast the same every day and met the given sums, sold on the first day.</summary>
    public static List<Replay> Replays(double perDay, int days, IEnumerable<double> sums, string id = "a") =>
    [
        .. sums.Select((sum, i) => new Replay(
            id, "product", 100 - i, [.. Enumerable.Repeat(perDay, days)], [sum, .. Enumerable.Repeat(0.0, days - 1)], 1, [])),
    ];

    public static List<Finding> Find(IInsightFinder finder, InsightInput input, InsightOptions? options = null) =>
        [.. finder.Find(input, options ?? new InsightOptions(), CancellationToken.None)];

    public static int Poisson(Random random, double mean)
    {
        var count = 0;
        for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
            count++;
        return count;
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
