using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.InsightsBench;

/// <summary>Real series with injected, labelled events; the series of one store are an input, each worth one unit of money a unit.</summary>
internal sealed class InjectedMornings
{
    private readonly List<(TimeSeries Series, int FirstTest)> _series;

    /// <summary>Injected events by series.</summary>
    public ILookup<string, InjectedEvent> Events { get; }

    private InjectedMornings(List<(TimeSeries, int)> series, ILookup<string, InjectedEvent> events) => (_series, Events) = (series, events);

    public static InjectedMornings Read(string root)
    {
        var folder = Path.Combine(root, "injected-anomalies");
        var calendar = Path.Combine(root, "m5-foods1-items", "calendar.csv.gz");
        var stamps = File.Exists(calendar) ? SupermarketCalendar.Read(calendar) : SupermarketCalendar.None;
        var series = GzipCsv.Rows(Path.Combine(folder, "series.csv.gz")).GroupBy(r => r[0], StringComparer.Ordinal)
            .Select(g => Series(g.Key, [.. g], stamps)).ToList();
        var events = GzipCsv.Rows(Path.Combine(folder, "events.csv.gz"))
            .Select(r => new InjectedEvent(r[0], r[2], r.Date(3), r.Date(4)))
            .ToLookup(e => e.SeriesId, StringComparer.Ordinal);
        return new InjectedMornings(series, events);
    }

    /// <summary>Mornings a week apart through the test year, store after store.</summary>
    public IEnumerable<Morning> Walk()
    {
        foreach (var store in _series.GroupBy(s => s.Series.Group, StringComparer.Ordinal))
            foreach (var days in store.GroupBy(s => (s.Series.Start, s.Series.Count)))
                for (var day = days.Min(d => d.FirstTest) + 7; day <= days.Key.Count; day += 7)
                    yield return new Morning(Describe(store.Key, [.. days.Select(d => d.Series.Head(day))]), []);
    }

    private static InsightInput Describe(string store, List<TimeSeries> series)
    {
        var total = new double[series[0].Count];
        foreach (var one in series)
            for (var i = 0; i < total.Length; i++)
                total[i] += double.IsNaN(one.Values[i]) ? 0 : one.Values[i];
        return new InsightInput
        {
            StoreId = store,
            Today = DateOnly.FromDateTime(series[0].TimeAt(series[0].Count)),
            Revenue = new TimeSeries("revenue", Grain.Daily, series[0].Start, total),
            Watched = [.. series.Select(s => new WatchedSeries(s, s.Id, 1))],
        };
    }

    private static (TimeSeries, int) Series(string id, List<CsvRow> rows, SupermarketCalendar stamps)
    {
        var start = rows[0].Day(1);
        var values = new double[(rows[^1].Day(1) - start).Days + 1];
        Array.Fill(values, double.NaN);
        foreach (var row in rows)
            values[(row.Day(1) - start).Days] = row.Value(2);
        var parts = id.Split('|');
        var drug = parts[0].StartsWith("ross", StringComparison.Ordinal);
        var known = drug ? Sundays(start, values) : stamps.ForState(parts[Math.Min(1, parts.Length - 1)].Split('_')[0]).Describe(Grain.Daily, start, values.Length);
        var group = parts[0] + (parts.Length > 2 ? "|" + parts[1] : "");
        var tested = rows.Find(r => r[3] == "1");
        return (new TimeSeries(id, Grain.Daily, start, values, known) { Group = group }, tested is null ? values.Length : (tested.Day(1) - start).Days);
    }

    /// <summary>Drug stores that never sell on Sundays are closed then.</summary>
    private static Covariates Sundays(DateTime start, double[] values)
    {
        var sundays = Enumerable.Range(0, values.Length).Where(i => start.AddDays(i).DayOfWeek == DayOfWeek.Sunday).ToList();
        var open = sundays.Count(i => values[i] > 0) * 2 > sundays.Count;
        var closed = Enumerable.Range(0, values.Length).Select(i => !open && start.AddDays(i).DayOfWeek == DayOfWeek.Sunday).ToArray();
        return new Covariates(values.Length, [], closed);
    }
}

/// <summary>An injected event.</summary>
internal sealed record InjectedEvent(string SeriesId, string Type, DateOnly From, DateOnly To);
