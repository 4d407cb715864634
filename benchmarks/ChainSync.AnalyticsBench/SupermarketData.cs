using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>The supermarket sets: store × department with store totals, and single products of one department.</summary>
internal static class SupermarketData
{
    private static readonly BacktestPlan Plan = BacktestPlan.Rolling(horizon: 30, origins: 27, step: 15, refitEvery: 2);

    public static DataSet Departments(string root)
    {
        var rows = GzipCsv.Table(Path.Combine(root, "m5-store-dept", "m5_store_dept_daily.csv.gz")).ToList();
        var start = rows[1].Day(0);
        var names = rows[0];
        var calendar = Calendar(root);
        var panel = new List<TimeSeries>();
        var totals = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        for (var c = 1; c < names.Length; c++)
        {
            var (column, values) = (c, new double[rows.Count - 1]);
            for (var i = 0; i < values.Length; i++)
                values[i] = rows[i + 1].Value(column);
            var store = names[c].Split('|')[0];
            var total = totals.TryGetValue(store, out var known) ? known : totals[store] = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
                total[i] += values[i];
            panel.Add(Series(names[c], "department", store, start, values, calendar));
        }
        panel.AddRange(totals.Select(t => Series(t.Key, "store", t.Key, start, t.Value, calendar)));
        return new DataSet("m5-store-dept", panel, Plan, 8, [7, 14, 30]) { Peers = (6, 1) };
    }

    public static DataSet Items(string root)
    {
        var folder = Path.Combine(root, "m5-foods1-items");
        var rows = GzipCsv.Table(GzipCsv.Find(folder, "m5_*_daily_wide.csv.gz")).ToList();
        var start = rows[0].Day(5);
        var calendar = Calendar(root);
        var prices = Prices(folder, start);
        var panel = rows.Skip(1).Select(row =>
        {
            var series = Series(row[0], "item", row[3], start, row.Values(5), calendar);
            return series.With(series.Known.With(new Covariate("price", CovariateKind.Price, PriceColumn(prices[row[0]], series.Known.Count))));
        });
        return new DataSet("m5-foods1-items", [.. panel], Plan with { RefitEvery = 4 }, 8, [7, 14, 30])
        {
            Models = new HashSet<string>(StringComparer.Ordinal) { "snaive", "samephase", "croston", "tsb", "ets", "theta", "linear", "trees", "lstm" },
            Peers = (8, 1),
        };
    }

    /// <summary>Leading zeros mean "not yet on sale"; Christmas is the one day the stores close.</summary>
    private static TimeSeries Series(string id, string group, string store, DateTime start, double[] values, SupermarketCalendar calendar)
    {
        for (var i = 0; i < values.Length && values[i] == 0; i++)
            values[i] = double.NaN;
        var known = calendar.ForState(store[..2]).Describe(Grain.Daily, start, values.Length + Plan.Horizon);
        return new TimeSeries(id, Grain.Daily, start, values, known) { Group = group };
    }

    private static SupermarketCalendar Calendar(string root) =>
        SupermarketCalendar.Read(Path.Combine(root, "m5-foods1-items", "calendar.csv.gz"));

    private static Dictionary<string, SortedDictionary<int, double>> Prices(string folder, DateTime start)
    {
        var firstOfWeek = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        foreach (var row in GzipCsv.Rows(Path.Combine(folder, "calendar.csv.gz")))
            firstOfWeek.TryAdd(row[1], row.Day(0));
        var prices = new Dictionary<string, SortedDictionary<int, double>>(StringComparer.Ordinal);
        foreach (var row in GzipCsv.Rows(GzipCsv.Find(folder, "sell_prices_*.csv.gz")))
        {
            if (!firstOfWeek.TryGetValue(row[2], out var day))
                continue;
            var item = prices.TryGetValue(row[1], out var known) ? known : prices[row[1]] = [];
            item[(day - start).Days] = row.Number(3);
        }
        return prices;
    }

    private static double[] PriceColumn(SortedDictionary<int, double> weeks, int count)
    {
        var column = new double[count];
        Array.Fill(column, weeks.First().Value);
        foreach (var (day, price) in weeks)
            if (day < count)
                column.AsSpan(Math.Max(0, day)).Fill(price);
        return column;
    }
}

/// <summary>Events of all stores, and the days on which each state pays food stamps.</summary>
internal sealed record SupermarketCalendar(TradingCalendar Common, IReadOnlyDictionary<string, IReadOnlyList<CalendarEvent>> StampDays)
{
    public TradingCalendar ForState(string state) => Common with { Events = [.. Common.Events, .. StampDays[state]] };

    public static SupermarketCalendar Read(string path)
    {
        var events = new List<CalendarEvent>();
        var closed = new HashSet<DateOnly>();
        var stamps = new Dictionary<string, IReadOnlyList<CalendarEvent>>(StringComparer.Ordinal) { ["CA"] = new List<CalendarEvent>(), ["TX"] = new List<CalendarEvent>(), ["WI"] = new List<CalendarEvent>() };
        foreach (var row in GzipCsv.Rows(path))
        {
            var day = row.Date(0);
            foreach (var name in (string[])[row[7], row[9]])
                if (name == "Christmas")
                    closed.Add(day);
                else if (name.Length > 0)
                    events.Add(new CalendarEvent(name, CovariateKind.Holiday, day, day, DaysBefore: 2, DaysAfter: 1));
            foreach (var (state, column) in ((string, int)[])[("CA", 11), ("TX", 12), ("WI", 13)])
                if (row[column] == "1")
                    ((List<CalendarEvent>)stamps[state]).Add(new CalendarEvent("stamps", CovariateKind.Promotion, day, day));
        }
        return new SupermarketCalendar(new TradingCalendar { ClosedDates = closed, Events = events }, stamps);
    }
}
