using ChainSync.Analytics.Series;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// Events of our own in sales the injected set does not use: other years, other products, other shops, other strengths. Seeded, so a
/// second opinion that no threshold was chosen on.
/// </summary>
internal static class OwnEvents
{
    private const int ScoredDays = 365;

    /// <summary>
    /// The given sizes are in deviations of an STL remainder, which also follows the wandering of the week; on the given set it is that
    /// much smaller than the remainder of <see cref="Deviation"/> (1.5 to 1.9 for nine in ten departments and items).
    /// </summary>
    private const double FinerRemainder = 1.7;

    /// <summary>The series up to some day, its last year with about seven events.</summary>
    /// <param name="labelled">Untouched sales.</param>
    /// <param name="days">Days to keep.</param>
    /// <param name="recipe">What is injected.</param>
    /// <param name="random">Where, what and how much.</param>
    public static LabelledSeries Into(LabelledSeries labelled, int days, EventRecipe recipe, Random random)
    {
        var series = labelled.Series;
        var values = series.Values[..days].ToArray();
        var deviation = Deviation(values);
        var kinds = recipe.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal).ToList();
        var events = new List<InjectedEvent>();
        for (var day = days - ScoredDays + 10 + random.Next(20); day < days - 30; day += random.Next(recipe.Gap.From, recipe.Gap.To))
        {
            var (type, kind) = kinds[random.Next(kinds.Count)];
            var length = Math.Min(random.Next(kind.Shortest, kind.Longest + 1), days - day);
            var factor = kind.Least + (kind.Most - kind.Least) * random.NextDouble();
            if (Enumerable.Range(day, length).Any(i => !series.Known.IsOpen(i)) && length <= 6)
                continue; // a shop that is closed has no event
            var moved = 0.0;
            for (var i = day; i < day + length; i++)
            {
                var changed = recipe.Whole ? Math.Round(values[i] * factor) : values[i] * factor;
                moved += double.IsNaN(values[i]) ? 0 : Math.Abs(values[i] - (double.IsNaN(changed) ? 0 : changed)) / length;
                values[i] = changed;
            }
            if (moved > 0 || type == "missing") // where nothing was sold, a drop changes nothing
                events.Add(new InjectedEvent(type, Day(series, day), Day(series, day + length - 1), moved / deviation));
            day += length;
        }
        return labelled with
        {
            Series = new TimeSeries(series.Id, series.Grain, series.Start, values, series.Known),
            TestFrom = Day(series, days - ScoredDays),
            Events = events,
        };
    }

    /// <summary>Robust deviation of what a week's mean and the weekday leave.</summary>
    private static double Deviation(double[] values)
    {
        var rest = values.Select((v, i) => v - Mean(values[Math.Max(0, i - 3)..Math.Min(values.Length, i + 4)])).ToArray();
        var week = Enumerable.Range(0, 7).Select(d => Mean(rest.Where((_, i) => i % 7 == d))).ToArray();
        var sizes = rest.Select((r, i) => Math.Abs(r - week[i % 7])).Where(double.IsFinite).Order().ToArray();
        return 1.4826 * sizes[sizes.Length / 2] / FinerRemainder;
    }

    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(0).Average();

    private static DateOnly Day(TimeSeries series, int index) => DateOnly.FromDateTime(series.TimeAt(index));
}
