using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Calendars;

/// <summary>
/// A shop's calendar as its owner enters or imports it (see <see cref="CalendarIcs"/> and <see cref="CalendarCsv"/>):
/// opening days, holidays, promotions. <see cref="Describe"/> turns it into the columns that models read.
/// </summary>
public sealed record TradingCalendar
{
    /// <summary>Always open, no events.</summary>
    public static TradingCalendar Empty { get; } = new();

    /// <summary>Weekdays on which the shop never opens, unless the date is in <see cref="OpenDates"/>.</summary>
    public IReadOnlySet<DayOfWeek> ClosedWeekdays { get; init; } = new HashSet<DayOfWeek>();

    /// <summary>Dates on which the shop is closed.</summary>
    public IReadOnlySet<DateOnly> ClosedDates { get; init; } = new HashSet<DateOnly>();

    /// <summary>Dates on which the shop opens although the weekday is a closed one.</summary>
    public IReadOnlySet<DateOnly> OpenDates { get; init; } = new HashSet<DateOnly>();

    /// <summary>Holidays and promotions, in any order; they may overlap.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    /// <summary>True when the shop trades on the day.</summary>
    public bool IsOpen(DateOnly day) =>
        !ClosedDates.Contains(day) && (OpenDates.Contains(day) || !ClosedWeekdays.Contains(day.DayOfWeek));

    /// <summary>Both calendars together; closed dates and events add up.</summary>
    public TradingCalendar Merge(TradingCalendar other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new TradingCalendar
        {
            ClosedWeekdays = ClosedWeekdays.Union(other.ClosedWeekdays).ToHashSet(),
            ClosedDates = ClosedDates.Union(other.ClosedDates).ToHashSet(),
            OpenDates = OpenDates.Union(other.OpenDates).ToHashSet(),
            Events = [.. Events, .. other.Events],
        };
    }

    /// <summary>
    /// One column per event name and offset, holding the share of the period's days that the event covers (so 0 or 1 for hours and
    /// days), and the closed periods. A week is closed when all its days are.
    /// </summary>
    /// <param name="grain">Period length.</param>
    /// <param name="start">Local start of period 0.</param>
    /// <param name="count">Periods to describe: history plus the longest horizon.</param>
    public Covariates Describe(Grain grain, DateTime start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var closed = new bool[count];
        for (var i = 0; i < count; i++)
            closed[i] = !DaysOf(grain, start, i).Any(IsOpen);
        var columns = new Dictionary<string, (CovariateKind Kind, double[] Values)>(StringComparer.Ordinal);
        foreach (var calendarEvent in Events)
            Mark(calendarEvent, grain, start, count, columns);
        return new Covariates(
            count,
            [.. columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new Covariate(c.Key, c.Value.Kind, c.Value.Values))],
            closed.Contains(true) ? closed : default(ReadOnlyMemory<bool>));
    }

    private static void Mark(CalendarEvent e, Grain grain, DateTime start, int count, Dictionary<string, (CovariateKind, double[])> columns)
    {
        for (var day = e.From.AddDays(-e.DaysBefore); day <= e.To.AddDays(e.DaysAfter); day = day.AddDays(1))
        {
            var offset = day < e.From ? day.DayNumber - e.From.DayNumber : day > e.To ? day.DayNumber - e.To.DayNumber : 0;
            var name = offset == 0 ? e.Name : $"{e.Name}{offset:+0;-0}";
            if (!columns.TryGetValue(name, out var column))
                columns[name] = column = (e.Kind, new double[count]);
            MarkDay(column.Item2, grain, start, day);
        }
    }

    private static void MarkDay(double[] column, Grain grain, DateTime start, DateOnly day)
    {
        var periodsPerDay = grain == Grain.Hourly ? 24 : 1;
        var share = grain == Grain.Weekly ? 1 / 7.0 : 1;
        for (var part = 0; part < periodsPerDay; part++)
        {
            var offset = (day.ToDateTime(TimeOnly.MinValue).AddHours(part) - start) / grain.Step();
            var index = (int)Math.Floor(offset);
            if (index >= 0 && index < column.Length)
                column[index] = Math.Min(1, column[index] + share);
        }
    }

    private static IEnumerable<DateOnly> DaysOf(Grain grain, DateTime start, int index)
    {
        var first = DateOnly.FromDateTime(start + index * grain.Step());
        for (var d = 0; d < (grain == Grain.Weekly ? 7 : 1); d++)
            yield return first.AddDays(d);
    }
}
