using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>Rules for weeks, months, quarters and years around today: "this week", "last 3 months", "Q2 2025", "year to date".</summary>
internal sealed class UnitRules(Calendar calendar)
{
    private static readonly Dictionary<string, PeriodUnit> ToDate = new()
        { ["wtd"] = PeriodUnit.Week, ["mtd"] = PeriodUnit.Month, ["qtd"] = PeriodUnit.Quarter, ["ytd"] = PeriodUnit.Year };

    private static readonly Dictionary<string, int> Quarters = new() { ["q1"] = 1, ["q2"] = 2, ["q3"] = 3, ["q4"] = 4 };

    private static readonly Dictionary<string, int> Halves = new() { ["h1"] = 1, ["h2"] = 2 };

    public TimeGrammar.Rule[] All => [This, Past, Future, Weekend, Ago, Quarter, HalfYear, Year, WeekOf, Rest];

    /// <summary>"this month", "so far this year", "month to date", "YTD".</summary>
    private Period? This(ref TimeCursor cursor)
    {
        if (cursor.TakeFrom(ToDate) is { } dated)
            return Current(dated);

        cursor.TakeAll("so far");
        if (cursor.Take("this", "current") || cursor.TakeAll("the current") || cursor.TakeAll("the whole of this"))
        {
            cursor.Take("current", "whole", "calendar", "past");
            if (cursor.TakeFrom(TimeWords.Units) is not { } unit || unit == PeriodUnit.Day)
                return null;

            if (!cursor.TakeAll("so far"))
                cursor.TakeAll("to date");

            return Current(unit);
        }

        cursor.Take("the");
        return cursor.TakeFrom(TimeWords.Units) is { } stated && stated != PeriodUnit.Day && (cursor.TakeAll("to date") || cursor.TakeAll("so far")) ? Current(stated) : null;
    }

    private Period Current(PeriodUnit unit) => calendar.Unit(unit, 0, Calendar.Name("this", unit, 1));

    /// <summary>"last week", "the past 30 days", "previous quarter", "the month before last", "last fortnight".</summary>
    private Period? Past(ref TimeCursor cursor)
    {
        cursor.Take("the", "in", "over", "during", "for");
        cursor.Take("the", "our", "these");
        var beforeLast = cursor;
        if (beforeLast.TakeFrom(TimeWords.Units) is { } early && beforeLast.TakeAll("before last"))
        {
            cursor = beforeLast;
            return calendar.Unit(early, -2, "range");
        }

        if (!cursor.Take("last", "past", "previous", "prior", "preceding", "trailing", "rolling", "recent", "latest"))
            return Bare(ref cursor);

        cursor.Take("full", "complete", "whole", "calendar", "recent");
        return Counted(ref cursor) switch
        {
            null or (PeriodUnit.Day, null) => null,
            (var unit, null) => calendar.Unit(unit, -1, Calendar.Name("last", unit, 1)),
            (var unit, { } count) => calendar.Last(unit, count),
        };
    }

    /// <summary>"in 60 days", "for 2 weeks", "90 days" after a word that opens a stretch; forwards for forecasts.</summary>
    private Period? Bare(ref TimeCursor cursor)
    {
        if (cursor.Before?.Text is not ("in" or "for" or "over" or "within" or "during"))
            return null;

        return Counted(ref cursor) is { Count: { } count } found ? calendar.Last(found.Unit, count) with { Ahead = calendar.Next(found.Unit, count) } : null;
    }

    /// <summary>"next month", "the coming 14 days", "following week".</summary>
    private Period? Future(ref TimeCursor cursor)
    {
        cursor.Take("the");
        if (!cursor.Take("next", "coming", "upcoming", "following"))
            return null;

        return Counted(ref cursor) switch
        {
            null or (PeriodUnit.Day, null) => null,
            (var unit, null) => calendar.Unit(unit, 1, Calendar.Name("next", unit, 1)),
            (var unit, { } count) => calendar.Next(unit, count),
        };
    }

    private static (PeriodUnit Unit, int? Count)? Counted(ref TimeCursor cursor)
    {
        var couple = cursor.TakeAll("couple of") || cursor.TakeAll("couple");
        var few = !couple && cursor.Take("few", "several");
        var count = couple ? 2 : few ? 3 : cursor.TakeNumber(1, 3660, TokenKind.Number);
        cursor.Take("full", "complete", "whole", "calendar", "consecutive", "trading");
        if (cursor.Take("fortnight"))
            return (PeriodUnit.Day, 14 * (count ?? 1));

        if (count is { } hours && cursor.Take("hour"))
            return (PeriodUnit.Day, Math.Max(1, (hours + 12) / 24));

        return cursor.TakeFrom(TimeWords.Units) is { } unit ? (unit, count) : null;
    }

    private Period? Weekend(ref TimeCursor cursor)
    {
        if (cursor.Here is { Text: "last" or "past" or "previous" } && cursor.After(1)?.Text == "weekend")
            return Weekend(ref cursor, "last_weekend", -1);

        if (cursor.Here is { Text: "next" } && cursor.After(1)?.Text == "weekend")
            return Weekend(ref cursor, "next_weekend", WeekendRuns() ? 1 : 0);

        cursor.Take("the");
        var current = cursor.Take("this", "coming");
        if (cursor.Here is not { Text: "weekend" } || cursor.Before?.Text is not ("this" or "coming" or "the" or "at" or "over" or "on"))
            return null;

        cursor.Take("weekend");
        var weekend = cursor;
        weekend.Take("of", "before");
        if (!current && DatePoint.Take(ref weekend, dayAlone: false)?.Resolve(calendar) is { Unit: PeriodUnit.Day } day)
        {
            cursor = weekend;
            var saturday = day.From.AddDays(-(((int)day.From.DayOfWeek + 1) % 7));
            return new("range", saturday, saturday.AddDays(1), PeriodUnit.Week);
        }

        return calendar.Weekend(WeekendRuns() ? 0 : -1, "last_weekend") with { Ahead = calendar.Weekend(0, "this_weekend") };
    }

    private Period Weekend(ref TimeCursor cursor, string token, int offset)
    {
        cursor.Take("last", "past", "previous", "next");
        cursor.Take("weekend");
        return calendar.Weekend(offset, token);
    }

    private bool WeekendRuns() => calendar.Today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>"3 days ago", "two weeks ago", "a month ago".</summary>
    private Period? Ago(ref TimeCursor cursor)
    {
        var count = cursor.Take("a", "an") ? 1 : cursor.TakeNumber(1, 3660, TokenKind.Number);
        if (count is null || cursor.TakeFrom(TimeWords.Units) is not { } unit || !cursor.Take("ago"))
            return null;

        return unit == PeriodUnit.Day ? Period.Day("date", calendar.Today.AddDays(-count.Value)) : calendar.Unit(unit, -count.Value, "range");
    }

    /// <summary>"Q3", "Q3 2025", "2025 Q3", "the third quarter", "first quarter of last year".</summary>
    private Period? Quarter(ref TimeCursor cursor)
    {
        var year = cursor.TakeNumber(1990, 2199, TokenKind.Number);
        cursor.Take("the");
        var quarter = cursor.TakeFrom(Quarters);
        if (quarter is null && (cursor.TakeFrom(TimeWords.Ordinals) ?? cursor.TakeNumber(1, 4, TokenKind.Ordinal)) is { } nth && cursor.Take("quarter"))
            quarter = nth;

        return quarter is { } q ? Part(ref cursor, year, (3 * q) - 2, 3, PeriodUnit.Quarter, 1) : null;
    }

    private Period? HalfYear(ref TimeCursor cursor) =>
        cursor.TakeFrom(Halves) is { } half ? Part(ref cursor, null, (6 * half) - 5, 6, PeriodUnit.Month, 6) : null;

    private Period Part(ref TimeCursor cursor, int? year, int month, int months, PeriodUnit unit, int count)
    {
        year ??= YearAfter(ref cursor);
        var near = year ?? calendar.Today.Year;
        if (year is null && new DateOnly(near, month, 1) > calendar.Today)
            near--;

        var from = new DateOnly(near, month, 1);
        var period = new Period("range", from, from.AddMonths(months).AddDays(-1), unit, count);
        if (year is not null)
            return period;

        var next = from.AddYears(1);
        return period with { Ahead = period.To >= calendar.Today ? period : period with { From = next, To = next.AddMonths(months).AddDays(-1) } };
    }

    private int? YearAfter(ref TimeCursor cursor)
    {
        var try_ = cursor;
        try_.Take("of", "in");
        int? year = try_.TakeAll("last year") ? calendar.Today.Year - 1 : try_.TakeAll("this year") ? calendar.Today.Year : try_.TakeNumber(1990, 2199, TokenKind.Number);
        if (year is not null)
            cursor = try_;

        return year;
    }

    /// <summary>A bare year; not after a word that makes it a number ("more than 2025 units").</summary>
    private Period? Year(ref TimeCursor cursor)
    {
        if (cursor.Before?.Text is "than" or "over" or "above" or "under" or "below" or "least" or "most" or "exceeding" or "top" or "exactly")
            return null;

        cursor.Take("year");
        return cursor.TakeNumber(1990, 2199, TokenKind.Number) is { } year && cursor.Here?.Stem is not ("unit" or "piece" or "transaction" or "order")
            ? Calendar.Unit(PeriodUnit.Year, new DateOnly(year, 1, 1), "range")
            : null;
    }

    /// <summary>"week of 2 March", "week commencing 9/3/2026", "week 10", "week ending 15 March".</summary>
    private Period? WeekOf(ref TimeCursor cursor)
    {
        cursor.Take("the");
        cursor.Take("iso", "calendar");
        if (!cursor.Take("week", "wk"))
            return null;

        if (cursor.TakeNumber(1, 53, TokenKind.Number) is { } number)
        {
            var year = YearAfter(ref cursor) ?? calendar.Today.Year;
            var jan4 = calendar.StartOf(PeriodUnit.Week, new DateOnly(year, 1, 4));
            return Calendar.Unit(PeriodUnit.Week, jan4.AddDays(7 * (number - 1)), "range");
        }

        if (!cursor.Take("of", "commencing", "beginning", "starting", "ending", "from"))
            return null;

        var ending = cursor.Before!.Text == "ending";
        cursor.Take("the", "on");
        if (DatePoint.Take(ref cursor, dayAlone: true)?.Resolve(calendar) is not { Unit: PeriodUnit.Day } day)
            return null;

        return ending
            ? new("range", day.From.AddDays(-6), day.From, PeriodUnit.Week)
            : Calendar.Unit(PeriodUnit.Week, calendar.StartOf(PeriodUnit.Week, day.From), "range");
    }

    /// <summary>"the rest of the month": from tomorrow to its end.</summary>
    private Period? Rest(ref TimeCursor cursor)
    {
        cursor.Take("the");
        if (!cursor.TakeAll("rest of") && !cursor.TakeAll("remainder of"))
            return null;

        cursor.Take("the", "this");
        if (cursor.TakeFrom(TimeWords.Units) is not { } unit || unit == PeriodUnit.Day)
            return null;

        var (from, end) = (calendar.Today.AddDays(1), calendar.Unit(unit, 0, "rest").To);
        return from > end ? null : new($"rest_of_{unit.ToString().ToLowerInvariant()}", from, end, PeriodUnit.Day, end.DayNumber - from.DayNumber + 1);
    }
}
