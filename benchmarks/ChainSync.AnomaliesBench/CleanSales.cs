using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.AnomaliesBench;

/// <summary>Real sales as they were, nothing injected: what false alarms are counted on and events of our own are put into.</summary>
internal static class CleanSales
{
    /// <summary>Years before the first scored day that a detector learns from.</summary>
    public const int LearnedDays = 730;

    /// <summary>Mean sales a day below which a product is too slow to be watched by day.</summary>
    private const double FewestPerDay = 1.5;

    /// <summary>Units a day per department of the supermarkets.</summary>
    public static IReadOnlyList<LabelledSeries> Departments(string root, ShopCalendars calendars)
    {
        var file = Path.Combine(root, "m5-store-dept", "m5_store_dept_daily.csv.gz");
        if (!File.Exists(file))
            return [];
        var rows = GzipCsv.Table(file).ToList();
        var first = rows[1].Date(0);
        return [.. Enumerable.Range(1, rows[0].Length - 1).Select(c => Supermarket("m5dept", rows[0][c], first, [.. rows.Skip(1).Select(r => r.Value(c))], calendars)).Where(IsLong)];
    }

    /// <summary>All departments of a supermarket together.</summary>
    public static IReadOnlyList<LabelledSeries> Stores(IReadOnlyList<LabelledSeries> departments) =>
        [.. departments.GroupBy(d => d.Series.Id.Split('|')[0], StringComparer.Ordinal).Select(store => Sum(store.Key, [.. store]))];

    /// <summary>Products of the supermarket that sell enough to be watched by day.</summary>
    public static IReadOnlyList<LabelledSeries> Items(string root, ShopCalendars calendars)
    {
        var folder = Path.Combine(root, "m5-foods1-items");
        var file = Directory.Exists(folder) ? Directory.GetFiles(folder, "m5_*_daily_wide.csv.gz").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (file is null)
            return [];
        var rows = GzipCsv.Table(file).ToList();
        return [.. rows.Skip(1)
            .Select(r => (Id: $"{r[3]}|{r[0]}", Values: r.Values(5)))
            .Where(r => r.Values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(0).Average() >= FewestPerDay)
            .Select(r => Supermarket("m5item", r.Id, rows[0].Date(5), r.Values, calendars)).Where(IsLong)];
    }

    /// <summary>Neighbours in the list added up: slow products in steps of volume between one product and a department.</summary>
    public static IReadOnlyList<LabelledSeries> Together(IReadOnlyList<LabelledSeries> items, int products) =>
        [.. items.Chunk(products).Where(c => c.Length == products).Select(c => Sum(string.Join('+', c.Select(s => s.Series.Id)), c))];

    /// <summary>Turnover and customers a day of the drug stores.</summary>
    public static IReadOnlyList<LabelledSeries> DrugStores(string root, ShopCalendars calendars)
    {
        var file = Path.Combine(root, "rossmann-stores", "sales_daily.csv.gz");
        if (!File.Exists(file))
            return [];
        return [.. GzipCsv.Rows(file).Where(r => r[5] != "0").GroupBy(r => r[0], StringComparer.Ordinal)
            .SelectMany(store => ((int, string)[])[(3, "turnover"), (4, "customers")], (store, column) =>
            {
                var (first, values, absent) = Grid(store.Select(r => (r.Date(2), r.Number(column.Item1))));
                var known = calendars.Describe($"rossmann|{store.Key}", first, values.Length, absent);
                return Labelled("rossmann", $"{store.Key} {column.Item2}", first, values, known);
            }).Where(IsLong)];
    }

    /// <summary>Revenue a day per product group of the bakery.</summary>
    public static IReadOnlyList<LabelledSeries> Bakery(string root)
    {
        var file = Path.Combine(root, "bakery-kiel", "revenue_daily.csv.gz");
        if (!File.Exists(file))
            return [];
        return [.. GzipCsv.Rows(file).GroupBy(r => r[1], StringComparer.Ordinal).Select(group =>
        {
            var (first, values, absent) = Grid(group.Select(r => (r.Date(0), r.Number(2))));
            var known = new TradingCalendar { ClosedDates = absent }.Describe(Grain.Daily, first.ToDateTime(TimeOnly.MinValue), values.Length);
            return Labelled("bakery", $"group {group.Key}", first, values, known);
        }).Where(IsLong)];
    }

    private static bool IsLong(LabelledSeries series) => series.Series.Count > LearnedDays;

    private static LabelledSeries Sum(string id, LabelledSeries[] parts)
    {
        var series = parts[0].Series;
        double[] values = [.. Enumerable.Range(0, series.Count).Select(i => parts.Sum(p => p.Series.Values[i]))];
        return Labelled(parts[0].Family, id, DateOnly.FromDateTime(series.Start), values, series.Known);
    }

    private static (DateOnly First, double[] Values, HashSet<DateOnly> Absent) Grid(IEnumerable<(DateOnly Day, double Value)> sales)
    {
        var byDay = sales.ToDictionary();
        var (first, last) = (byDay.Keys.Min(), byDay.Keys.Max());
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        return (first, [.. days.Select(d => byDay.GetValueOrDefault(d, double.NaN))], [.. days.Where(d => !byDay.ContainsKey(d))]);
    }

    private static LabelledSeries Supermarket(string family, string id, DateOnly first, double[] values, ShopCalendars calendars) =>
        Labelled(family, id, first, values, calendars.Describe($"{family}|{id}", first, values.Length, new HashSet<DateOnly>()));

    private static LabelledSeries Labelled(string family, string id, DateOnly first, double[] values, Covariates known) =>
        new(family, new TimeSeries(id, Grain.Daily, first.ToDateTime(TimeOnly.MinValue), values, known), first.AddDays(LearnedDays), [], InjectedData.HalfOf(id));
}
