using ChainSync.Analytics.Calendars;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Calendars;

public class CalendarTests
{
    private static readonly DateOnly Through = new(2028, 12, 31);

    [Fact]
    public void Days_weeks_and_hours_show_the_share_an_event_covers()
    {
        var calendar = new TradingCalendar
        {
            ClosedWeekdays = new HashSet<DayOfWeek> { DayOfWeek.Sunday },
            OpenDates = new HashSet<DateOnly> { new(2026, 3, 8) },
            Events = [new("fair", CovariateKind.Holiday, new(2026, 3, 4), new(2026, 3, 5), DaysBefore: 1)],
        };
        var monday = new DateTime(2026, 3, 2);

        var days = calendar.Describe(Grain.Daily, monday, 14);
        var weeks = calendar.Describe(Grain.Weekly, monday, 2);
        var hours = calendar.Describe(Grain.Hourly, monday, 96);

        Assert.Equal(["fair", "fair-1"], days.Columns.Select(c => c.Name));
        Assert.Equal([0, 0, 1, 1, 0, 0, 0], days.Columns[0].Values[..7].ToArray());
        Assert.Equal([0, 1, 0, 0, 0, 0, 0], days.Columns[1].Values[..7].ToArray());
        Assert.Equal((false, true), (days.IsOpen(13), days.IsOpen(6)));
        Assert.Equal(2 / 7.0, weeks.Columns[0].Values.Span[0], 1e-12);
        Assert.Equal(48, hours.Columns[0].Values.ToArray().Sum());
    }

    [Fact]
    public void Tables_are_read_with_quotes_and_windows()
    {
        var calendar = CalendarCsv.Read(new StringReader("""
            from,to,kind,name,before,after
            2026-04-05,,holiday,"Easter, Sunday",2,1
            2026-05-01,2026-05-14,promotion,Spring sale
            2026-12-25,2026-12-26,closed,
            """));

        Assert.Equal(new CalendarEvent("Easter, Sunday", CovariateKind.Holiday, new(2026, 4, 5), new(2026, 4, 5), 2, 1), calendar.Events[0]);
        Assert.Equal(new DateOnly(2026, 5, 14), calendar.Events[1].To);
        Assert.False(calendar.IsOpen(new(2026, 12, 26)));
        Assert.True(calendar.IsOpen(new(2026, 12, 27)));
    }

    [Theory]
    [InlineData("from,to,kind,name\n2026-04-05,,feast,Easter", 1)]
    [InlineData("from,to,kind,name\n\n2026-04-05,2026-04-01,holiday,Easter", 2)]
    [InlineData("from,to,kind,name\n05.04.2026,,holiday,Easter", 1)]
    [InlineData("date;name", 0)]
    public void A_bad_table_is_refused_with_its_line(string text, int line)
    {
        var refusal = Assert.Throws<SeriesException>(() => CalendarCsv.Read(new StringReader(text)));

        Assert.Equal((SeriesProblem.Malformed, line), (refusal.Problem, refusal.Index));
    }

    [Fact]
    public void Calendars_are_read_with_folding_recurrence_and_exceptions()
    {
        var calendar = CalendarIcs.Read(new StringReader("""
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            SUMMARY:Long
              weekend\, with friends
            DTSTART;VALUE=DATE:20260501
            DTEND;VALUE=DATE:20260504
            END:VEVENT
            BEGIN:VEVENT
            SUMMARY:Pay day
            CATEGORIES:PROMOTION
            DTSTART;VALUE=DATE:20260131
            RRULE:FREQ=MONTHLY;COUNT=4
            END:VEVENT
            BEGIN:VEVENT
            SUMMARY:Christmas
            CATEGORIES:CLOSED
            DTSTART;TZID="Europe/Berlin: summer":20251225T000000
            DTEND;TZID="Europe/Berlin: summer":20251227T000000
            RRULE:FREQ=YEARLY;UNTIL=20271231T000000Z
            EXDATE:20261225T000000
            END:VEVENT
            BEGIN:VTODO
            SUMMARY:Not an event
            END:VTODO
            END:VCALENDAR
            """), Through);

        Assert.Equal(new CalendarEvent("Long weekend, with friends", CovariateKind.Holiday, new(2026, 5, 1), new(2026, 5, 3)), calendar.Events[0]);
        Assert.Equal([new(2026, 1, 31), new(2026, 3, 31)], calendar.Events.Skip(1).Select(e => e.From));
        Assert.Equal([new(2025, 12, 25), new(2025, 12, 26), new(2027, 12, 25), new(2027, 12, 26)], calendar.ClosedDates.Order());
    }

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY;BYDAY=2MO", "BYDAY")]
    [InlineData("RRULE:FREQ=SECONDLY", "SECONDLY")]
    [InlineData("DURATION:PXD", "PXD")]
    public void What_is_not_understood_is_refused_not_guessed(string line, string named)
    {
        var text = $"BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20260101\n{line}\nEND:VEVENT";

        Assert.Contains(named, Assert.Throws<SeriesException>(() => CalendarIcs.Read(new StringReader(text), Through)).Message, StringComparison.Ordinal);
    }
}
