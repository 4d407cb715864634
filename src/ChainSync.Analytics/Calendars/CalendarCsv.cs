using System.Globalization;
using System.Text;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Calendars;

/// <summary>
/// Reads a calendar from a table with the header <c>from,to,kind,name,before,after</c>. Dates are ISO (2026-03-18); <c>to</c> may be
/// empty for one day; <c>kind</c> is <c>holiday</c>, <c>promotion</c>, <c>closed</c> or <c>open</c>; <c>before</c> and <c>after</c>
/// (days that feel the event) may be empty or missing. Fields may be quoted; empty lines are skipped.
/// </summary>
public static class CalendarCsv
{
    /// <summary>Reads a whole table.</summary>
    /// <param name="text">The table with its header.</param>
    /// <exception cref="SeriesException"><see cref="SeriesProblem.Malformed"/> with the 0-based line.</exception>
    public static TradingCalendar Read(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (events, closed, open) = (new List<CalendarEvent>(), new HashSet<DateOnly>(), new HashSet<DateOnly>());
        var header = text.ReadLine();
        if (header is null || !header.TrimStart('\uFEFF').StartsWith("from,to,kind,name", StringComparison.OrdinalIgnoreCase))
            throw Malformed(0, "the first line must be from,to,kind,name,before,after");
        for (var line = 1; text.ReadLine() is { } row; line++)
            if (!string.IsNullOrWhiteSpace(row))
                Take(Fields(row), line, events, closed, open);
        return new TradingCalendar { Events = events, ClosedDates = closed, OpenDates = open };
    }

    private static void Take(List<string> fields, int line, List<CalendarEvent> events, HashSet<DateOnly> closed, HashSet<DateOnly> open)
    {
        if (fields.Count < 4)
            throw Malformed(line, "from, to, kind and name are needed");
        var from = Date(fields[0], line);
        var to = fields[1].Length == 0 ? from : Date(fields[1], line);
        if (to < from || to.DayNumber - from.DayNumber > 3660)
            throw Malformed(line, "the last day must follow the first within ten years");
        switch (fields[2].ToUpperInvariant())
        {
            case "CLOSED":
                closed.UnionWith(Days(from, to));
                break;
            case "OPEN":
                open.UnionWith(Days(from, to));
                break;
            case "HOLIDAY":
                events.Add(Event(fields, CovariateKind.Holiday, from, to, line));
                break;
            case "PROMOTION":
                events.Add(Event(fields, CovariateKind.Promotion, from, to, line));
                break;
            default:
                throw Malformed(line, $"'{fields[2]}' is not holiday, promotion, closed or open");
        }
    }

    private static CalendarEvent Event(List<string> fields, CovariateKind kind, DateOnly from, DateOnly to, int line)
    {
        if (fields[3].Length == 0)
            throw Malformed(line, "an event needs a name");
        return new CalendarEvent(fields[3], kind, from, to, Days(fields, 4, line), Days(fields, 5, line));
    }

    private static int Days(List<string> fields, int at, int line)
    {
        if (fields.Count <= at || fields[at].Length == 0)
            return 0;
        return int.TryParse(fields[at], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 14
            ? days
            : throw Malformed(line, $"'{fields[at]}' is not a number of days from 0 to 14");
    }

    private static DateOnly Date(string text, int line) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Malformed(line, $"'{text}' is not a date like 2026-03-18");

    internal static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return day;
    }

    private static List<string> Fields(string row)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"')
                field.Append(row[++i]);
            else if (row[i] == '"')
                quoted = !quoted;
            else if (row[i] == ',' && !quoted)
                Finish();
            else
                field.Append(row[i]);
        }
        Finish();
        return fields;

        void Finish()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }

    private static SeriesException Malformed(int line, string why) => new(SeriesProblem.Malformed, line, $"Line {line + 1}: {why}.");
}
