using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.AnomaliesBench;

/// <summary>A labelled change of a series.</summary>
/// <param name="Type">spike, drop, outage, missing, level_up or level_down.</param>
/// <param name="Start">First day.</param>
/// <param name="End">Last day.</param>
/// <param name="Sigmas">Mean size in robust deviations of the undisturbed series.</param>
internal sealed record InjectedEvent(string Type, DateOnly Start, DateOnly End, double Sigmas);

/// <summary>A series with its events and its calendar.</summary>
/// <param name="Family">m5dept, m5item or rossmann.</param>
/// <param name="Series">Values and calendar.</param>
/// <param name="TestFrom">First scored day.</param>
/// <param name="Events">What was injected.</param>
/// <param name="Half">0 or 1: by the id alone, so that no choice can be made after seeing results.</param>
internal sealed record LabelledSeries(string Family, TimeSeries Series, DateOnly TestFrom, IReadOnlyList<InjectedEvent> Events, int Half);

/// <summary>The injected set.</summary>
internal static class InjectedData
{
    public static IReadOnlyList<LabelledSeries> Load(string root, ShopCalendars calendars)
    {
        var folder = Path.Combine(root, "injected-anomalies");
        var events = GzipCsv.Rows(Path.Combine(folder, "events.csv.gz"))
            .ToLookup(r => r[0], r => new InjectedEvent(r[2], r.Date(3), r.Date(4), r.Number(6)), StringComparer.Ordinal);
        return [.. GzipCsv.Rows(Path.Combine(folder, "series.csv.gz"))
            .GroupBy(r => r[0], StringComparer.Ordinal)
            .Select(rows => Series(rows.Key, [.. rows], [.. events[rows.Key]], calendars))];
    }

    private static LabelledSeries Series(string id, List<CsvRow> rows, IReadOnlyList<InjectedEvent> events, ShopCalendars calendars)
    {
        var first = rows[0].Date(1);
        var count = rows[^1].Date(1).DayNumber - first.DayNumber + 1;
        var values = new double[count];
        Array.Fill(values, double.NaN);
        var absent = Enumerable.Range(0, count).Select(first.AddDays).ToHashSet();
        foreach (var row in rows)
        {
            var day = row.Date(1);
            absent.Remove(day);
            values[day.DayNumber - first.DayNumber] = row.Value(2);
        }
        var known = calendars.Describe(id, first, count, absent);
        var series = new TimeSeries(id, Grain.Daily, first.ToDateTime(TimeOnly.MinValue), values, known);
        return new LabelledSeries(id.Split('|')[0], series, (rows.Find(r => r[3] == "1")?.Date(1) ?? rows[^1].Date(1).AddDays(1)), events, HalfOf(id));
    }

    /// <summary>FNV-1a of the id, folded to one bit.</summary>
    public static int HalfOf(string id)
    {
        var hash = 2166136261u;
        foreach (var letter in id)
            hash = (hash ^ letter) * 16777619u;
        hash ^= hash >> 16;
        return (int)((hash ^ (hash >> 8)) & 1);
    }
}
