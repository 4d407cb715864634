using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.AnomaliesBench;

/// <summary>What the shops knew in advance: named days and food-stamp days of the supermarkets, promotions of the drug stores.</summary>
internal sealed class ShopCalendars
{
    private readonly List<CalendarEvent> _named = [];
    private readonly HashSet<DateOnly> _closed = [];
    private readonly Dictionary<string, List<CalendarEvent>> _stamps = new(StringComparer.Ordinal) { ["CA"] = [], ["TX"] = [], ["WI"] = [] };
    private readonly Dictionary<(string Store, DateOnly Day), (double Promotion, double School)> _plans = [];
    private readonly Dictionary<DateOnly, (double Sum, int Count)> _commonPlan = [];
    private readonly HashSet<DateOnly> _stateHolidays = [];

    /// <summary>Reads each calendar from the first folder that has it; where none has, nothing is known in advance.</summary>
    public ShopCalendars(params string[] roots)
    {
        if (First(roots, "m5-foods1-items", "calendar.csv.gz") is { } supermarket)
            foreach (var row in GzipCsv.Rows(supermarket))
                TakeSupermarketDay(row);
        if (First(roots, "rossmann-stores", "sales_daily.csv.gz") is { } drugStores)
            foreach (var row in GzipCsv.Rows(drugStores))
                TakeDrugStoreDay(row);
        (string Shops, int Days)[] read = [("supermarkets", _closed.Count), ("drug stores", _plans.Count)];
        Missing = [.. read.Where(r => r.Days == 0).Select(r => r.Shops)];
    }

    /// <summary>Shops of which no calendar was found.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Days whose alerts are left out: something natural and unlabelled may have happened.</summary>
    public bool IsEventDay(LabelledSeries series, DateOnly day) => series.Family switch
    {
        "rossmann" => _stateHolidays.Contains(day),
        "bakery" => IsBesideClosing(series.Series, day), // no calendar came with it; it closes on holidays alone
        _ => _closed.Contains(day) || _named.Exists(e => e.From == day),
    };

    private static bool IsBesideClosing(TimeSeries series, DateOnly day)
    {
        var index = day.DayNumber - DateOnly.FromDateTime(series.Start).DayNumber;
        return Enumerable.Range(index - 1, 3).Any(i => i >= 0 && i < series.Count && !series.Known.IsOpen(i));
    }

    public Covariates Describe(string seriesId, DateOnly first, int count, IReadOnlySet<DateOnly> absent)
    {
        var parts = seriesId.Split('|');
        return parts[0] == "rossmann" ? DrugStore(parts[^1], first, count, absent) : Supermarket(parts[Math.Min(1, parts.Length - 1)].Split('_')[0], first, count);
    }

    private Covariates Supermarket(string state, DateOnly first, int count) =>
        new TradingCalendar { ClosedDates = _closed, Events = [.. _named, .. _stamps.GetValueOrDefault(state, [])] }
            .Describe(Grain.Daily, first.ToDateTime(TimeOnly.MinValue), count);

    /// <summary>Days without a row are days on which the store did not open.</summary>
    private Covariates DrugStore(string store, DateOnly first, int count, IReadOnlySet<DateOnly> absent)
    {
        var (promotion, school, closed) = (new double[count], new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            var day = first.AddDays(i);
            closed[i] = absent.Contains(day);
            if (_plans.TryGetValue((store, day), out var plan))
                (promotion[i], school[i]) = plan;
            else if (_commonPlan.TryGetValue(day, out var common))
                promotion[i] = Math.Round(common.Sum / common.Count);
        }
        var eves = new TradingCalendar { Events = [.. Eves(first, count)] }.Describe(Grain.Daily, first.ToDateTime(TimeOnly.MinValue), count);
        return new Covariates(
            count,
            [.. eves.Columns, new Covariate("promotion", CovariateKind.Promotion, promotion), new Covariate("school holiday", CovariateKind.Promotion, school)],
            closed);
    }

    /// <summary>The two evenings on which German shops close at noon: any owner's calendar has them.</summary>
    private static IEnumerable<CalendarEvent> Eves(DateOnly first, int count)
    {
        for (var year = first.Year; year <= first.AddDays(count).Year; year++)
            foreach (var (name, day) in ((string, DateOnly)[])[("Christmas Eve", new(year, 12, 24)), ("New Year's Eve", new(year, 12, 31))])
                yield return new CalendarEvent(name, CovariateKind.Holiday, day, day, DaysBefore: 1);
    }

    private void TakeSupermarketDay(CsvRow row)
    {
        var day = row.Date(0);
        foreach (var name in (string[])[row[7], row[9]])
            if (name == "Christmas")
                _closed.Add(day);
            else if (name.Length > 0)
                _named.Add(new CalendarEvent(name, CovariateKind.Holiday, day, day, DaysBefore: 2, DaysAfter: 1));
        foreach (var (state, column) in ((string, int)[])[("CA", 11), ("TX", 12), ("WI", 13)])
            if (row[column] == "1")
                _stamps[state].Add(new CalendarEvent("stamps", CovariateKind.Promotion, day, day));
    }

    private void TakeDrugStoreDay(CsvRow row)
    {
        var day = row.Date(2);
        var promotion = row.Number(6);
        _plans[(row[0], day)] = (promotion, row.Number(8));
        var (sum, seen) = _commonPlan.GetValueOrDefault(day);
        _commonPlan[day] = (sum + promotion, seen + 1);
        if (row[7] != "0")
            _stateHolidays.Add(day);
    }

    private static string? First(string[] roots, string folder, string file) =>
        roots.Select(r => Path.Combine(r, folder, file)).FirstOrDefault(File.Exists);
}
