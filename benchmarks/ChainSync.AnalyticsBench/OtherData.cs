using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>The bakery, the online retailer and the competition series: no calendar comes with them, so models see time only, and at the bakery the weather.</summary>
internal static class OtherData
{
    /// <summary>The models that can learn from a year of weeks.</summary>
    private static readonly HashSet<string> ShortHistory = new(StringComparer.Ordinal) { "snaive", "samephase", "croston", "tsb", "linear", "theta", "ets", "trees" };

    /// <summary>Revenue per product group; days without any are closed.</summary>
    public static DataSet Bakery(string root) => Bakery(root, "bakery-kiel", withWeather: false);

    /// <summary>The same with the weather that came, as if a forecast of it were perfect: the most that weather can bring.</summary>
    public static DataSet BakeryWithWeather(string root) => Bakery(root, "bakery-kiel, weather known", withWeather: true);

    private static DataSet Bakery(string root, string name, bool withWeather)
    {
        const int Horizon = 30;
        var rows = GzipCsv.Rows(Path.Combine(root, "bakery-kiel", "revenue_daily.csv.gz")).ToList();
        var days = rows.Select(r => r.Day(0)).Distinct().Order().ToList();
        var (start, count) = (days[0], (days[^1] - days[0]).Days + 1);
        var traded = days.Select(DateOnly.FromDateTime).ToHashSet();
        var closed = Enumerable.Range(0, count).Select(i => DateOnly.FromDateTime(start).AddDays(i)).Where(d => !traded.Contains(d)).ToHashSet();
        var known = new TradingCalendar { ClosedDates = closed }.Describe(Grain.Daily, start, count + Horizon);
        if (withWeather)
            known = Weather(root, start, known);
        var panel = new PanelBuilder(Grain.Daily);
        foreach (var group in rows.GroupBy(r => r[1], StringComparer.Ordinal))
        {
            var values = new double[count];
            Array.Fill(values, double.NaN);
            foreach (var row in group)
                values[(row.Day(0) - start).Days] = row.Value(2);
            panel.Add("group " + group.Key, "product group", start, values, known);
        }
        return new DataSet(name, panel.Series, BacktestPlan.Rolling(Horizon, 20, 30, refitEvery: 2), 6, [7, 14, 30]) { Peers = (3, 2), Empty = panel.Empty };
    }

    /// <summary>Clouds, temperature and wind per day; a day without a reading takes the one before.</summary>
    private static Covariates Weather(string root, DateTime start, Covariates known)
    {
        var readings = GzipCsv.Rows(Path.Combine(root, "bakery-kiel", "weather.csv.gz"))
            .GroupBy(r => (r.Day(0) - start).Days).ToDictionary(g => g.Key, g => g.First());
        foreach (var (field, name) in ((int, string)[])[(1, "clouds"), (2, "temperature"), (3, "wind")])
        {
            var column = new double[known.Count];
            for (var i = 0; i < column.Length; i++)
                column[i] = readings.TryGetValue(i, out var row) && row.Value(field) is var read && !double.IsNaN(read) ? read : i > 0 ? column[i - 1] : 0;
            known = known.With(new Covariate(name, CovariateKind.Number, column));
        }
        return known;
    }

    /// <summary>Net revenue per day of the online retailer, closed on Saturdays.</summary>
    public static DataSet OnlineRevenue(string root)
    {
        const int Horizon = 32;
        var revenue = new SortedDictionary<DateTime, double>();
        foreach (var row in GzipCsv.Rows(GzipCsv.Find(Path.Combine(root, "uci-online-retail"), "*.csv.gz")))
            if (row[1].Length > 0 && char.IsDigit(row[1][0]))
                revenue[row.Day(4)] = revenue.GetValueOrDefault(row.Day(4)) + row.Number(3) * row.Number(5);
        var (start, count) = (revenue.First().Key, (revenue.Last().Key - revenue.First().Key).Days + 1);
        var calendar = new TradingCalendar
        {
            ClosedWeekdays = new HashSet<DayOfWeek> { DayOfWeek.Saturday },
            ClosedDates = Enumerable.Range(0, count).Select(i => start.AddDays(i)).Where(d => !revenue.ContainsKey(d)).Select(DateOnly.FromDateTime).ToHashSet(),
        };
        var values = Enumerable.Range(0, count).Select(i => revenue.GetValueOrDefault(start.AddDays(i))).ToArray();
        var series = new TimeSeries("revenue", Grain.Daily, start, values, calendar.Describe(Grain.Daily, start, count + Horizon)) { Group = "shop" };
        return new DataSet("uci-online-retail", [series], BacktestPlan.Rolling(Horizon, 12, 16), 3, [6, 12, 25]) { Peers = (1, 3) };
    }

    public static DataSet WeeklyProducts(string root)
    {
        var panel = new PanelBuilder(Grain.Weekly);
        foreach (var row in GzipCsv.Rows(Path.Combine(root, "uci-weekly-products", "weekly_units.csv.gz")))
            panel.Add(row[0], "product", new DateTime(2024, 1, 1), row.Values(1));
        return new DataSet("uci-weekly-products", panel.Series, BacktestPlan.Rolling(4, 9, 2), 2, [1, 2, 4]) { Models = ShortHistory, Peers = (100, 2), Empty = panel.Empty };
    }

    public static DataSet Hourly(string root) => Competition(root, "m4-hourly", Grain.Hourly, 48, [12, 24, 48], 5, 24, most: 20, peers: 4);

    public static DataSet Weekly(string root) => Competition(root, "m4-weekly", Grain.Weekly, 13, [4, 8, 13], 5, 13, most: 180, peers: 60);

    private static DataSet Competition(string root, string name, Grain grain, int horizon, int[] horizons, int origins, int step, int most, int peers)
    {
        var rows = GzipCsv.Rows(GzipCsv.Find(Path.Combine(root, name), "*.csv.gz"));
        var panel = Drawn([.. rows], most).Select(r => new TimeSeries(r[0], grain, new DateTime(2020, 1, 6), (double[])[.. r.Many(1), .. r.Many(2)]) { Group = "competition" });
        return new DataSet(name, [.. panel], BacktestPlan.Rolling(horizon, origins, step, refitEvery: 2), 1, horizons) { Peers = (peers, 1) };
    }

    /// <summary>A sample by a fixed seed, so that a set takes minutes, not hours.</summary>
    private static IEnumerable<CsvRow> Drawn(CsvRow[] rows, int most)
    {
        new Random(20261).Shuffle(rows);
        return rows.Take(most).OrderBy(r => r[0], StringComparer.Ordinal);
    }
}
