using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// How often does the detector speak up on real sales into which nothing was injected? Departments over all years but the first two, and
/// the products of the item set that the injected set does not use. Such alerts may well be true; they bound what is false.
/// </summary>
internal static class UntouchedSales
{
    private const int LearnedDays = 730;

    /// <summary>Mean sales a day below which a product is too slow to be watched by day.</summary>
    private const double FewestPerDay = 1.5;

    public static void Run(string root, ShopCalendars calendars, Report report)
    {
        var departments = Path.Combine(root, "m5-store-dept", "m5_store_dept_daily.csv.gz");
        var folder = Path.Combine(root, "m5-foods1-items");
        var items = Directory.Exists(folder) ? Directory.GetFiles(folder, "m5_*_daily_wide.csv.gz").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (!File.Exists(departments) || items is null)
            return;
        report.Heading("Sales into which nothing was injected: alerts per series and year, calendar days left out");
        report.Table(["series", "years", "all", .. Enum.GetNames<AnomalyKind>()]);
        var injected = GzipCsv.Rows(Path.Combine(root, "injected-anomalies", "series.csv.gz")).Where(r => r[0].StartsWith("m5item", StringComparison.Ordinal)).Select(r => r[0].Split('|')[^1]).ToHashSet(StringComparer.Ordinal);
        LabelledSeries[] brisk = [.. Departments(departments, calendars).Where(IsLong)];
        LabelledSeries[] slow = [.. Items(items, injected, calendars).Where(IsLong)];
        Row(report, calendars, "departments", brisk);
        Row(report, calendars, "other items", slow);
        report.Heading("Events of our own, same recipe, in other years of the departments and in other items");
        report.Table("series", "last day", "events", "precision", "strict", "recall", "wrong");
        foreach (var back in (ReadOnlySpan<int>)[365, 700])
            Fresh(report, calendars, "departments", brisk, back);
        Fresh(report, calendars, "other items", slow, 0);
    }

    private static bool IsLong(LabelledSeries series) => series.Series.Count > LearnedDays;

    private static IEnumerable<LabelledSeries> Departments(string file, ShopCalendars calendars)
    {
        var rows = GzipCsv.Table(file).ToList();
        for (var c = 1; c < rows[0].Length; c++)
        {
            var column = c;
            yield return Labelled("m5dept", rows[0][c], rows[1].Date(0), [.. rows.Skip(1).Select(r => r.Value(column))], calendars);
        }
    }

    private static IEnumerable<LabelledSeries> Items(string file, HashSet<string> injected, ShopCalendars calendars)
    {
        var rows = GzipCsv.Table(file).ToList();
        foreach (var row in rows.Skip(1))
        {
            var values = row.Values(5);
            if (values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(0).Average() >= FewestPerDay && !injected.Any(i => row[0].StartsWith(i + "_", StringComparison.Ordinal) || row[0] == i))
                yield return Labelled("m5item", $"{row[3]}|{row[0]}", rows[0].Date(5), values, calendars);
        }
    }

    private static LabelledSeries Labelled(string family, string id, DateOnly first, double[] values, ShopCalendars calendars)
    {
        var known = calendars.Describe($"{family}|{id}", first, values.Length, new HashSet<DateOnly>());
        var series = new TimeSeries(id, Grain.Daily, first.ToDateTime(TimeOnly.MinValue), values, known);
        return new LabelledSeries(family, series, first.AddDays(LearnedDays), [], 0);
    }

    /// <summary>Three sets of events each; scored is the year that ends so many days before the end of the data.</summary>
    private static void Fresh(Report report, ShopCalendars calendars, string name, LabelledSeries[] set, int back)
    {
        var labelled = new List<LabelledSeries>();
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            labelled.AddRange(set.Where(s => s.Series.Count - back > LearnedDays + 365).Select(s => OwnEvents.Into(s, s.Series.Count - back, random)));
        }
        if (labelled.Count == 0)
            return;
        var score = EventScore.Of(labelled.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(s => (s, AnomalyScan.Run(s.Series))).ToList(), calendars);
        var last = DateOnly.FromDateTime(labelled[0].Series.TimeAt(labelled[0].Series.Count - 1));
        report.Row($"{set.Length} {name}", last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Report.Number(score.Events.Count),
            Report.Share(score.Precision), Report.Share(score.StrictPrecision), Report.Share(score.Recall), Report.Number(score.False));
    }

    private static void Row(Report report, ShopCalendars calendars, string name, LabelledSeries[] set)
    {
        var score = EventScore.Of(set.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(s => (s, AnomalyScan.Run(s.Series))).ToList(), calendars);
        var years = set.Sum(s => s.Series.Count - LearnedDays) / 365.25;
        var loud = score.Alerts.Where(a => a.Verdict == Verdict.False).ToLookup(a => a.Alert.Kind);
        report.Row([$"{set.Length} {name}", Report.Number(years, "0"), Report.Number(years > 0 ? loud.Sum(g => g.Count()) / years : double.NaN),
            .. Enum.GetValues<AnomalyKind>().Select(k => Report.Number(years > 0 ? loud[k].Count() / years : double.NaN))]);
    }
}
