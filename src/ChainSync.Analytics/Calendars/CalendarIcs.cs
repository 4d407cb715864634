using System.Globalization;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Calendars;

/// <summary>
/// Reads holidays and promotions from an iCalendar stream (RFC 5545): all-day or timed events, folded lines, escaped text, <c>DTEND</c>
/// or <c>DURATION</c>, and plain recurrence (<c>FREQ</c> DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, COUNT, UNTIL) with
/// <c>EXDATE</c>. The category CLOSED makes closed dates, PROMOTION a promotion, anything else a holiday. Other components are skipped.
/// </summary>
public static class CalendarIcs
{
    /// <summary>Reads a whole calendar.</summary>
    /// <param name="text">The stream.</param>
    /// <param name="through">Last day to which recurring events are unrolled.</param>
    /// <exception cref="SeriesException"><see cref="SeriesProblem.Malformed"/> with the 0-based line of the event's end: no start, a bad
    /// date, or a recurrence this reader does not know (BYDAY and its kin), which must not be guessed.</exception>
    public static TradingCalendar Read(TextReader text, DateOnly through)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (events, closed) = (new List<CalendarEvent>(), new HashSet<DateOnly>());
        Dictionary<string, string>? open = null;
        foreach (var (line, content) in Unfold(text))
        {
            var colon = Colon(content);
            if (colon < 0)
                continue;
            var name = content[..colon].Split(';')[0].ToUpperInvariant();
            var value = content[(colon + 1)..];
            if (name == "BEGIN" && value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
                open = new Dictionary<string, string>(StringComparer.Ordinal);
            else if (name == "END" && open is not null && value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
            {
                Take(open, line, through, events, closed);
                open = null;
            }
            else if (open is not null)
                open[name] = name == "EXDATE" && open.TryGetValue(name, out var before) ? before + "," + value : value;
        }
        return new TradingCalendar { Events = events, ClosedDates = closed };
    }

    /// <summary>A line that starts with a blank continues the one before it.</summary>
    private static IEnumerable<(int Line, string Content)> Unfold(TextReader text)
    {
        var (pending, line) = ((string?)null, -1);
        while (text.ReadLine() is { } raw)
        {
            line++;
            if (raw.Length > 0 && raw[0] is ' ' or '\t')
                pending += raw[1..];
            else
            {
                if (pending is not null)
                    yield return (line - 1, pending);
                pending = raw;
            }
        }
        if (pending is not null)
            yield return (line, pending);
    }

    /// <summary>The colon that ends the name and its parameters, which may be quoted.</summary>
    private static int Colon(string content)
    {
        var quoted = false;
        for (var i = 0; i < content.Length; i++)
        {
            quoted ^= content[i] == '"';
            if (content[i] == ':' && !quoted)
                return i;
        }
        return -1;
    }

    private static void Take(Dictionary<string, string> fields, int line, DateOnly through, List<CalendarEvent> events, HashSet<DateOnly> closed)
    {
        var start = Date(fields.GetValueOrDefault("DTSTART") ?? throw Malformed(line, "an event has no DTSTART"), line);
        var days = Length(fields, start, line);
        var name = Unescape(fields.GetValueOrDefault("SUMMARY", ""));
        var categories = fields.GetValueOrDefault("CATEGORIES", "").ToUpperInvariant();
        var except = fields.GetValueOrDefault("EXDATE", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(d => Date(d, line)).ToHashSet();
        foreach (var first in Occurrences(start, fields.GetValueOrDefault("RRULE"), through, line))
        {
            if (except.Contains(first))
                continue;
            var last = first.AddDays(days - 1);
            if (categories.Contains("CLOSED", StringComparison.Ordinal))
                closed.UnionWith(CalendarCsv.Days(first, last));
            else
                events.Add(new CalendarEvent(
                    name.Length > 0 ? name : throw Malformed(line, "an event has no SUMMARY"),
                    categories.Contains("PROMOTION", StringComparison.Ordinal) ? CovariateKind.Promotion : CovariateKind.Holiday, first, last));
        }
    }

    /// <summary>Days covered; a date as end is exclusive, and so is midnight.</summary>
    private static int Length(Dictionary<string, string> fields, DateOnly start, int line)
    {
        if (fields.TryGetValue("DURATION", out var duration))
            return Duration(duration, line);
        if (!fields.TryGetValue("DTEND", out var end))
            return 1;
        var exclusive = end.Length == 8 || end.Contains("T000000", StringComparison.Ordinal);
        return Math.Max(1, Date(end, line).DayNumber - start.DayNumber + (exclusive ? 0 : 1));
    }

    private static int Duration(string text, int line)
    {
        var unit = text.Length > 2 ? text[^1] : ' ';
        if (text.Contains('T', StringComparison.Ordinal))
            return 1;
        return int.TryParse(text.AsSpan(1, Math.Max(0, text.Length - 2)), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && unit is 'D' or 'W'
            ? Math.Max(1, unit == 'W' ? 7 * count : count)
            : throw Malformed(line, $"'{text}' is not a duration in days or weeks");
    }

    private static IEnumerable<DateOnly> Occurrences(DateOnly start, string? rule, DateOnly through, int line)
    {
        if (rule is null)
            return [start];
        var parts = rule.ToUpperInvariant().Split(';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        if (parts.Keys.FirstOrDefault(k => k is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "WKST")) is { } unknown)
            throw Malformed(line, $"the recurrence part {unknown} is not understood; list the dates instead");
        var interval = parts.TryGetValue("INTERVAL", out var every) ? Number(every, line) : 1;
        var count = parts.TryGetValue("COUNT", out var most) ? Number(most, line) : int.MaxValue;
        var until = parts.TryGetValue("UNTIL", out var last) && Date(last, line) is var day && day < through ? day : through;
        Func<int, DateOnly> step = parts.GetValueOrDefault("FREQ") switch
        {
            "DAILY" => k => start.AddDays(k * interval),
            "WEEKLY" => k => start.AddDays(7 * k * interval),
            "MONTHLY" => k => start.AddMonths(k * interval),
            "YEARLY" => k => start.AddYears(k * interval),
            var other => throw Malformed(line, $"the frequency '{other}' is not understood"),
        };
        // A month or year that lacks the day (29 February) has no occurrence: RFC 5545, 3.3.10.
        return Enumerable.Range(0, count).Select(step).TakeWhile(d => d <= until)
            .Where(d => d.Day == start.Day || parts["FREQ"] is "DAILY" or "WEEKLY");
    }

    private static int Number(string text, int line) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Malformed(line, $"'{text}' is not a positive number");

    private static DateOnly Date(string text, int line) =>
        text.Length >= 8 && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Malformed(line, $"'{text}' is not a date");

    private static string Unescape(string text) => text
        .Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();

    private static SeriesException Malformed(int line, string why) => new(SeriesProblem.Malformed, line, $"Line {line + 1}: {why}.");
}
