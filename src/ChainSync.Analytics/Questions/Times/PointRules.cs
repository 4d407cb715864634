using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>Rules for days and what is named: "yesterday", "last Friday", "14 February", "Black Friday 2025", "all time".</summary>
internal sealed class PointRules(Calendar calendar)
{
    private static readonly string[][] NamedPhrases = [.. NamedDays.All.Keys.Select(k => k.Split(' ')).OrderByDescending(k => k.Length)];

    /// <summary>"today", "the day before yesterday", "right now", "3 days ago".</summary>
    public Period? Day(ref TimeCursor cursor)
    {
        cursor.Take("the");
        if (cursor.TakeAll("day before yesterday"))
            return Period.Day("day_before_yesterday", calendar.Today.AddDays(-2));

        if (cursor.TakeAll("day after tomorrow"))
            return Period.Day("day_after_tomorrow", calendar.Today.AddDays(2));

        if (cursor.TakeAll("right now") || cursor.TakeAll("at the moment") || cursor.TakeAll("at present") || cursor.TakeAll("as of now") || cursor.Take("now", "currently", "presently"))
            return Period.Day("now", calendar.Today);

        if (cursor.TakeAll("so far today") || cursor.Take("today", "tonight") || PartOfToday(ref cursor))
        {
            cursor.TakeAll("so far");
            return Period.Day("today", calendar.Today);
        }

        if (cursor.TakeAll("last night") || cursor.Take("yesterday"))
            return Period.Day("yesterday", calendar.Today.AddDays(-1));

        if (cursor.Take("tomorrow"))
            return Period.Day("tomorrow", calendar.Today.AddDays(1));

        return null;
    }

    /// <summary>"last Friday", "on Monday", "Friday last week", "next Tuesday"; a plural is a habit, not a day.</summary>
    public Period? Weekday(ref TimeCursor cursor)
    {
        if (cursor.Take("last") || cursor.Take("past"))
        {
            var week = cursor;
            if (week.Take("week") && WeekdayName(ref week) is { } inLast)
            {
                cursor = week;
                return InWeek(inLast, -1);
            }

            return WeekdayName(ref cursor) is { } last ? calendar.Weekday(last) with { Ahead = null } : null;
        }

        if (cursor.Take("this"))
            return WeekdayName(ref cursor) is { } current ? InWeek(current, 0) : null;

        if (cursor.Take("next", "coming"))
            return WeekdayName(ref cursor) is { } next ? calendar.Weekday(next).Ahead : null;

        if (cursor.Before?.Text is "every" or "each" or "per" || WeekdayName(ref cursor) is not { } day)
            return null;

        var of = cursor;
        of.Take("of");
        var offset = of.TakeAll("last week") || of.TakeAll("the previous week") ? -1 : of.TakeAll("this week") ? 0 : of.TakeAll("next week") ? 1 : (int?)null;
        if (offset is null)
            return calendar.Weekday(day);

        cursor = of;
        return InWeek(day, offset.Value);
    }

    /// <summary>"14 February", "Feb 14th 2026", "2026-02-14", "February 2026", "last March", "this April".</summary>
    public Period? Date(ref TimeCursor cursor)
    {
        if (cursor.Take("last", "past"))
            return DatePoint.Take(ref cursor, dayAlone: false) is { Month: not null, Day: null } month ? Before(month) : null;

        if (cursor.Take("this"))
            return DatePoint.Take(ref cursor, dayAlone: false) is { Month: not null, Day: null } here
                ? (here with { Year = here.Year ?? calendar.Today.Year }).Resolve(calendar)
                : null;

        if (cursor.Take("next"))
            return DatePoint.Take(ref cursor, dayAlone: false) is { Month: not null, Day: null } next ? After(next) : null;

        cursor.Take("the");
        if (ThirdOfMonth(ref cursor) is { } third)
            return third;

        var wholeOf = cursor.TakeAll("month of") || cursor.TakeAll("whole of") || cursor.TakeAll("all of");
        if (DatePoint.Take(ref cursor, dayAlone: false) is not { } point)
            return null;

        if (wholeOf && point.Day is not null)
            return null;

        // "February last year", "14 March this year"
        return (point with { Year = point.Year ?? NamedYear(ref cursor) }).Resolve(calendar);
    }

    /// <summary>"early March", "mid-February", "late January 2026": the first and second ten days of a month, and the rest.</summary>
    private Period? ThirdOfMonth(ref TimeCursor cursor)
    {
        var inside = cursor;
        var first = inside.Take("early") ? 1 : inside.Take("mid") ? 11 : inside.Take("late") ? 21 : 0;
        if (first == 0)
            return null;

        inside.TakeDash();
        if (DatePoint.Take(ref inside, dayAlone: false) is not { Month: not null, Day: null } point || (point with { Day = first }).Resolve(calendar) is not { } start)
            return null;

        cursor = inside;
        var last = first < 21 ? start.From.AddDays(9) : new DateOnly(start.From.Year, start.From.Month, DateTime.DaysInMonth(start.From.Year, start.From.Month));
        return new("range", start.From, last, PeriodUnit.Day, last.DayNumber - start.From.DayNumber + 1);
    }

    private int? NamedYear(ref TimeCursor cursor)
    {
        if (cursor.TakeAll("last year") || cursor.TakeAll("of last year"))
            return calendar.Today.Year - 1;

        return cursor.TakeAll("this year") || cursor.TakeAll("of this year") ? calendar.Today.Year : null;
    }

    /// <summary>"Black Friday", "last Christmas", "Easter 2025", "next summer".</summary>
    public Period? Named(ref TimeCursor cursor)
    {
        cursor.Take("the");
        var which = cursor.Take("last", "past") ? "last" : cursor.Take("next", "coming") ? "next" : cursor.Take("this") ? "this" : "";
        foreach (var words in NamedPhrases)
        {
            if (!cursor.TakeAll(string.Join(' ', words)))
                continue;

            var name = string.Join(' ', words);
            if (cursor.TakeNumber(1990, 2199, TokenKind.Number) is { } year)
                return NamedDays.In(name, year, calendar);

            if (cursor.TakeAll("last year"))
                return NamedDays.In(name, calendar.Today.Year - 1, calendar);

            var near = NamedDays.Near(name, calendar);
            return which switch
            {
                "next" => near.Ahead,
                "this" => NamedDays.In(name, calendar.Today.Year, calendar),
                "last" => near with { Ahead = null },
                _ => near,
            };
        }

        return null;
    }

    /// <summary>"ever", "all time", "since we opened".</summary>
    public Period? Always(ref TimeCursor cursor) =>
        cursor.TakeAll("of all time") || cursor.TakeAll("all time") || cursor.TakeAll("since the beginning") || cursor.TakeAll("since we opened") || cursor.TakeAll("since opening")
            || cursor.TakeAll("since we started") || cursor.Take("ever")
            ? new("all_time", calendar.Options.EarliestDate, calendar.Today, PeriodUnit.Day, calendar.Today.DayNumber - calendar.Options.EarliestDate.DayNumber + 1)
            : null;

    private static bool PartOfToday(ref TimeCursor cursor) =>
        cursor.Here?.Text == "this" && cursor.After(1)?.Stem is "morning" or "afternoon" or "evening" && cursor.Take("this");

    private static DayOfWeek? WeekdayName(ref TimeCursor cursor) =>
        cursor.Here is { IsPlural: true } ? null : cursor.TakeFrom(TimeWords.Weekdays);

    private Period InWeek(DayOfWeek day, int offset)
    {
        var start = Calendar.Move(calendar.StartOf(PeriodUnit.Week, calendar.Today), PeriodUnit.Week, offset);
        return Period.Day("date", start.AddDays((7 + (int)day - (int)start.DayOfWeek) % 7));
    }

    private Period? Before(DatePoint month)
    {
        var period = month.Resolve(calendar);
        return month.Year is null && period?.To >= calendar.Today ? (month with { Year = period.From.Year - 1 }).Resolve(calendar) : period;
    }

    private Period? After(DatePoint month)
    {
        var ahead = month.Resolve(calendar)?.Ahead;
        return ahead?.From <= calendar.Today ? (month with { Year = ahead.From.Year + 1 }).Resolve(calendar) : ahead;
    }
}
