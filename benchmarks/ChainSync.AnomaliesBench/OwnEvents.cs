using ChainSync.Analytics.Series;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// Events injected by the recipe of the data set's README into sales it does not use: other years and other products. Seeded, so a
/// second opinion that no threshold was chosen on.
/// </summary>
internal static class OwnEvents
{
    private const int ScoredDays = 365;
    private static readonly string[] Types = ["spike", "drop", "outage", "missing", "level_up", "level_down"];

    /// <summary>The series up to some day, its last year with about seven events.</summary>
    /// <param name="labelled">Untouched sales.</param>
    /// <param name="days">Days to keep.</param>
    /// <param name="random">Where, what and how much.</param>
    public static LabelledSeries Into(LabelledSeries labelled, int days, Random random)
    {
        var series = labelled.Series;
        var values = series.Values[..days].ToArray();
        var events = new List<InjectedEvent>();
        for (var day = days - ScoredDays + 10 + random.Next(20); day < days - 30; day += 40 + random.Next(16))
        {
            var type = Types[random.Next(Types.Length)];
            var length = Length(type, random);
            var factor = Factor(type, random);
            for (var i = day; i < day + length; i++)
                values[i] *= factor;
            events.Add(new InjectedEvent(type, Day(series, day), Day(series, day + length - 1), double.NaN));
        }
        return labelled with
        {
            Series = new TimeSeries(series.Id, series.Grain, series.Start, values, series.Known),
            TestFrom = Day(series, days - ScoredDays),
            Events = events,
        };
    }

    private static int Length(string type, Random random) => type switch
    {
        "outage" => random.Next(2, 5),
        "missing" => random.Next(1, 4),
        "level_up" or "level_down" => random.Next(10, 22),
        _ => 1,
    };

    private static double Factor(string type, Random random) => type switch
    {
        "spike" => 1.5 + 2 * random.NextDouble(),
        "drop" => 0.05 + 0.45 * random.NextDouble(),
        "outage" => 0,
        "missing" => double.NaN,
        "level_up" => 1.3 + 0.5 * random.NextDouble(),
        _ => 0.3 + 0.4 * random.NextDouble(),
    };

    private static DateOnly Day(TimeSeries series, int index) => DateOnly.FromDateTime(series.TimeAt(index));
}
