using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Tests.Forecasting;

/// <summary>Made-up shops: weekly rhythm, promotions that multiply, noise by seed.</summary>
internal static class Panels
{
    public static readonly DateTime Monday = new(2024, 1, 1);

    public const int Days = 500;

    public static List<TimeSeries> Brisk(int count = 3, int seed = 1, double noise = 0.05) =>
        [.. Enumerable.Range(0, count).Select(k => Shop($"shop {k}", 100 * (k + 1), new Random(seed + k), noise))];

    public static TimeSeries Shop(string id, double level, Random random, double noise)
    {
        var promotion = PromotionDays(random);
        var known = new TradingCalendar { Events = promotion }.Describe(Grain.Daily, Monday, Days + 40);
        var flag = known.Columns[0].Values;
        var values = new double[Days];
        for (var i = 0; i < Days; i++)
            values[i] = Math.Round(level * Week(i) * (1 + 0.5 * flag.Span[i]) * Math.Exp(noise * Normal(random)));
        return new TimeSeries(id, Grain.Daily, Monday, values, known) { Group = "shop" };
    }

    public static List<TimeSeries> Slow(int count = 6, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(k => new TimeSeries($"item {k}", Grain.Daily, Monday, Counts(random, 0.3 + 0.3 * k)) { Group = "item" })];
    }

    public static double Week(int day) => (day % 7) switch { 5 => 1.6, 6 => 0.7, _ => 1 };

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Counts(Random random, double mean)
    {
        var counts = new double[400];
        for (var i = 0; i < counts.Length; i++)
            for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
                counts[i]++;
        return counts;
    }

    private static List<CalendarEvent> PromotionDays(Random random)
    {
        var events = new List<CalendarEvent>();
        for (var day = 0; day < Days + 40; day += 11 + random.Next(8))
        {
            var from = DateOnly.FromDateTime(Monday).AddDays(day);
            events.Add(new CalendarEvent("promotion", CovariateKind.Promotion, from, from.AddDays(2)));
        }
        return events;
    }
}
