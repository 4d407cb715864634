using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Made-up series with known troubles, and the ways to run a detector over them.</summary>
internal static class Streams
{
    public static TimeSeries Shop(int seed, double level = 300, double noise = 0.08) => Panels.Shop("shop", level, new Random(seed), noise);

    /// <summary>Poisson sales of a product.</summary>
    public static double[] Product(int seed, double mean, int days = 500)
    {
        var random = new Random(seed);
        var sales = new double[days];
        for (var i = 0; i < days; i++)
            for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
                sales[i]++;
        return sales;
    }

    public static TimeSeries Daily(double[] values) => new("product", Grain.Daily, Panels.Monday, values);

    /// <summary>A shop without promotions: weekly rhythm and noise.</summary>
    public static TimeSeries Plain(int seed, double level = 300, double noise = 0.08)
    {
        var random = new Random(seed);
        return Daily([.. Enumerable.Range(0, Panels.Days).Select(i => Math.Round(level * Panels.Week(i) * Math.Exp(noise * Panels.Normal(random))))]);
    }

    public static TimeSeries Changed(this TimeSeries series, int from, int days, Func<double, double> change)
    {
        var values = series.Values.ToArray();
        for (var i = from; i < from + days; i++)
            values[i] = change(values[i]);
        return new TimeSeries(series.Id, series.Grain, series.Start, values, series.Known);
    }

    public static AnomalyDetector Detector(this TimeSeries series, AnomalyOptions? options = null) =>
        new(series.Id, series.Grain, series.Start, series.Known, options);

    /// <summary>Adds periods one by one and gives every answer.</summary>
    public static List<Alert> Feed(this AnomalyDetector detector, TimeSeries series, int from, int to)
    {
        var answers = new List<Alert>();
        for (var i = from; i < to; i++)
            answers.AddRange(detector.Add(new SeriesPoint(series.TimeAt(i), series.Values[i])));
        return answers;
    }
}
