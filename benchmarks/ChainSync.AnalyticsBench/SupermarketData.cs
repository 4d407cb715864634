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
        var (names, start, calendar) = (rows[0], rows[1].Day(0), Calendar(root));
        var panel = new PanelBuilder(Grain.Daily);
        var totals = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        for (var c = 1; c < names.Length; c++)
        {
            double[] values = [.. rows.Skip(1).Select(r => r.Value(c))];
            var store = names[c].Split('|')[0];
            var total = totals.TryGetValue(store, out var known) ? known : totals[store] = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
                total[i] += values[i];
            Add(panel, names[c], "department", store, start, values, calendar);
        }
        foreach (var (store, total) in totals)
            Add(panel, store, "store", store, start, total, calendar);
        return new DataSet("m5-store-dept", panel.Series, Plan, 8, [7, 14, 30]) { Peers = (6, 1), Empty = panel.Empty };
    }

    public static DataSet Items(string root)
    {
        var folder = Path.Combine(root, "m5-foods1-items");
        var rows = GzipCsv.Table(GzipCsv.Find(folder, "m5_*_daily_wide.csv.gz")).ToList();
        var (start, calendar, prices) = (rows[0].Day(5), Calendar(root), Prices(folder, rows[0].Day(5)));
        var severalStores = rows.Skip(1).Select(r => r[3]).Distinct(StringComparer.Ordinal).Count() > 1;
        var panel = new PanelBuilder(Grain.Daily);
        foreach (var row in rows.Skip(1))
        {
            var price = prices.GetValueOrDefault((row[3], row[0]));
            Add(panel, severalStores ? $"{row[3]}|{row[0]}" : row[0], "item", row[3], start, row.Values(5), calendar, price);
        }
        return new DataSet("m5-foods1-items", panel.Series, Plan with { RefitEvery = 4 }, 8, [7, 14, 30])
        {
            Models = new HashSet<string>(StringComparer.Ordinal) { "snaive", "samephase", "croston", "tsb", "ets", "theta", "linear", "trees", "lstm" },
            Peers = (8, 1),
            Empty = panel.Empty,
        };
    }

    /// <summary>Leading zeros mean "not yet on sale"; Christmas is the one day the stores close.</summary>
    private static void Add(
        PanelBuilder panel, string id, string group, string store, DateTime start, double[] values, SupermarketCalendar calendar, SortedDictionary<int, double>? prices = null)
    {
        for (var i = 0; i < values.Length && values[i] is 0 or double.NaN; i++)
            values[i] = double.NaN;
        var known = calendar.ForState(store.Split('_')[0]).Describe(Grain.Daily, start, values.Length + Plan.Horizon);
        if (prices is not null)
            known = known.With(new Covariate("price", CovariateKind.Price, PriceColumn(prices, known.Count)));
        panel.Add(id, group, start, values, known);
    }

    private static SupermarketCalendar Calendar(string root) =>
        SupermarketCalendar.Read(Path.Combine(root, "m5-foods1-items", "calendar.csv.gz"));

    /// <summary>Prices by store and item, by the day of the series on which their week begins.</summary>
    private static Dictionary<(string Store, string Item), SortedDictionary<int, double>> Prices(string folder, DateTime start)
    {
        var firstOfWeek = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        foreach (var row in GzipCsv.Rows(Path.Combine(folder, "calendar.csv.gz")))
            firstOfWeek.TryAdd(row[1], row.Day(0));
        var prices = new Dictionary<(string, string), SortedDictionary<int, double>>();
        foreach (var row in GzipCsv.Rows(GzipCsv.Find(folder, "sell_prices_*.csv.gz")))
        {
            if (!firstOfWeek.TryGetValue(row[2], out var day))
                continue;
            var item = prices.TryGetValue((row[0], row[1]), out var known) ? known : prices[(row[0], row[1])] = [];
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
    private const string StampColumn = "snap_";

    public static SupermarketCalendar None { get; } = new(new TradingCalendar(), new Dictionary<string, IReadOnlyList<CalendarEvent>>(StringComparer.Ordinal));

    public TradingCalendar ForState(string state) => Common with { Events = [.. Common.Events, .. StampDays.GetValueOrDefault(state, [])] };

    public static SupermarketCalendar Read(string path)
    {
        var rows = GzipCsv.Table(path).ToList();
        var header = rows[0];
        var (date, names) = (header.Column("date"), (int[])[header.Column("event_name_1"), header.Column("event_name_2")]);
        var (events, closed) = (new List<CalendarEvent>(), new HashSet<DateOnly>());
        foreach (var row in rows.Skip(1))
            foreach (var name in names.Select(column => row[column]).Where(name => name.Length > 0))
                if (name == "Christmas")
                    closed.Add(row.Date(date));
                else
                    events.Add(new CalendarEvent(name, CovariateKind.Holiday, row.Date(date), row.Date(date), DaysBefore: 2, DaysAfter: 1));
        IReadOnlyList<CalendarEvent> Stamps(int column) =>
            [.. rows.Skip(1).Where(r => r[column] == "1").Select(r => new CalendarEvent("stamps", CovariateKind.Promotion, r.Date(date), r.Date(date)))];
        var stamps = Enumerable.Range(0, header.Length).Where(c => header[c].StartsWith(StampColumn, StringComparison.Ordinal))
            .ToDictionary(c => header[c][StampColumn.Length..], Stamps, StringComparer.Ordinal);
        return new SupermarketCalendar(new TradingCalendar { ClosedDates = closed, Events = events }, stamps);
    }
}
