using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>
/// Reads stretches of time: "last 30 days", "from 1 to 24 Dec 2025", "Friday last week", "Q3", "the week before Christmas".
/// Each rule tries at one place; the longest that fits wins.
/// </summary>
internal sealed class TimeGrammar(Calendar calendar)
{
    private readonly PointRules _points = new(calendar);
    private readonly UnitRules _units = new(calendar);

    /// <summary>The longest stretch of time that starts at a token, with its length in tokens.</summary>
    public (Period Period, int Length)? Match(IReadOnlyList<Token> tokens, int start)
    {
        (Period Period, int Length)? best = null;
        foreach (var rule in (ReadOnlySpan<Rule>)[Between, Since, Until, BeforeNamed, PartOf, .. Simple])
        {
            var cursor = new TimeCursor(tokens, start);
            if (rule(ref cursor) is { } period && cursor.At - start > (best?.Length ?? 0))
                best = (period, cursor.At - start);
        }

        return best;
    }

    internal delegate Period? Rule(ref TimeCursor cursor);

    private Rule[] Simple => [_points.Day, _points.Weekday, _points.Date, _points.Named, _points.Always, .. _units.All];

    private Period? One(ref TimeCursor cursor)
    {
        (Period Period, TimeCursor End)? best = null;
        foreach (var rule in Simple)
        {
            var try_ = cursor;
            if (rule(ref try_) is { } period && try_.At > (best?.End.At ?? cursor.At))
                best = (period, try_);
        }

        if (best is { } found)
            cursor = found.End;

        return best?.Period;
    }

    /// <summary>"from 1 Dec to 24 Dec 2025", "between January and March", "1-24 December", "Jan to Mar".</summary>
    private Period? Between(ref TimeCursor cursor)
    {
        var opened = cursor.Take("from", "between");
        var comparing = !opened && Comparing(cursor);
        var start = cursor;
        if (DatePoint.Take(ref cursor, dayAlone: true) is { } first && Joined(ref cursor, opened, comparing) && DatePoint.Take(ref cursor, dayAlone: opened) is { } last
            && Ends(first, last) is { } dates)
            return dates;

        cursor = start;
        if (!opened || One(ref cursor) is not { } from || !Joined(ref cursor, opened, comparing) || One(ref cursor) is not { } to)
            return null;

        var end = to.From < from.From ? to.Ahead ?? to : to;
        return end.To < from.From ? null : Range(from.From, end.To, from.Unit);
    }

    private static bool Joined(ref TimeCursor cursor, bool opened, bool comparing) =>
        cursor.TakeDash() || (!comparing && cursor.Take("to", "until", "till", "through", "thru")) || (opened && cursor.Take("and"));

    private static bool Comparing(TimeCursor cursor)
    {
        for (var back = -1; cursor.After(back) is { } token; back--)
            if (token.Stem is "compare" or "vs" or "versus" or "comparison" or "against")
                return true;

        return false;
    }

    private Period? Ends(DatePoint first, DatePoint last)
    {
        if (first.Month is null && last.Month is null)
            return null;

        last = last with { Month = last.Month ?? first.Month };
        if (last.Resolve(calendar) is not { } to)
            return null;

        var month = first.Month ?? last.Month!.Value;
        var crosses = month > last.Month || (month == last.Month && first.Day > last.Day);
        first = first with { Month = month, Year = first.Year ?? to.From.Year - (crosses ? 1 : 0) };
        if (first.Year > to.From.Year)
            to = (last with { Year = first.Year + (crosses ? 1 : 0) }).Resolve(calendar)!;

        return first.Resolve(calendar) is { } from && from.From <= to.To ? Range(from.From, to.To, from.Unit) with { Ahead = Later(from, to) } : null;
    }

    private static Period? Later(Period from, Period to) =>
        from.Ahead is null && to.Ahead is { } ahead && ahead.To > to.To ? Range(from.From.AddYears(1), ahead.To, from.Unit) : null;

    private static Period Range(DateOnly from, DateOnly to, PeriodUnit unit) =>
        unit == PeriodUnit.Month && from.Day == 1 && to.AddDays(1).Day == 1
            ? new("range", from, to, unit, ((to.Year - from.Year) * 12) + to.Month - from.Month + 1)
            : new("range", from, to, PeriodUnit.Day, to.DayNumber - from.DayNumber + 1);

    /// <summary>"since January", "since the start of the year", "from 1 March onwards", "after 10 March".</summary>
    private Period? Since(ref TimeCursor cursor)
    {
        var after = cursor.Take("after");
        if (!after && !cursor.Take("since", "from", "starting"))
            return null;

        var plain = cursor.Before!.Text == "from";
        cursor.Take("after");
        cursor.Take("the");
        var opening = cursor.Take("start", "beginning", "turn");
        if (opening)
            cursor.Take("of");

        cursor.Take("the");
        if (From(ref cursor, opening) is not { } period || period.From > calendar.Today)
            return null;

        if (plain && !(cursor.Take("onwards", "onward", "on", "forward") || cursor.TakeAll("up to now") || cursor.TakeAll("to date")))
            return opening ? Range(period.From, calendar.Today, PeriodUnit.Day) : null;

        var from = after ? period.To.AddDays(1) : period.From;
        return from > calendar.Today ? null : Range(from, calendar.Today, PeriodUnit.Day);
    }

    private Period? From(ref TimeCursor cursor, bool opening)
    {
        if (opening && cursor.TakeFrom(TimeWords.Units) is { } unit)
            return calendar.Unit(unit, 0, "range");

        return One(ref cursor);
    }

    /// <summary>"until yesterday", "before March", "up to the end of February": from the first day with data.</summary>
    private Period? Until(ref TimeCursor cursor)
    {
        var before = cursor.Take("before");
        if (!before && !cursor.Take("until", "till") && !cursor.TakeAll("up to") && !cursor.TakeAll("up until"))
            return null;

        if (cursor.TakeAll("the end of"))
            cursor.Take("the");

        var point = One(ref cursor);
        if (before && point?.Ahead is { } ahead && ahead.From > calendar.Today.AddDays(1))
            return Range(calendar.Options.EarliestDate, point.From.AddDays(-1), PeriodUnit.Day) with { Ahead = Range(calendar.Today, ahead.From.AddDays(-1), PeriodUnit.Day) };

        if (point is not { } end || (before ? end.From : end.To) > calendar.Today)
            return null;

        return Range(calendar.Options.EarliestDate, before ? end.From.AddDays(-1) : end.To, PeriodUnit.Day);
    }

    /// <summary>"the week before Christmas", "two days after Easter", "the day before Black Friday".</summary>
    private Period? BeforeNamed(ref TimeCursor cursor)
    {
        cursor.Take("the");
        var count = cursor.TakeNumber(1, 60, TokenKind.Number);
        if (cursor.TakeFrom(TimeWords.Units) is not { } unit)
            return null;

        cursor.TakeAll("leading up");
        var before = cursor.Take("before", "to");
        if (!before && !cursor.Take("after", "following", "of"))
            return null;

        var around = cursor.Before!.Text == "of";
        if ((_points.Named(ref cursor) ?? _points.Date(ref cursor)) is not { } named)
            return null;

        if (around)
            return unit == PeriodUnit.Week && named.Days < 7 ? Calendar.Unit(unit, calendar.StartOf(unit, named.From), "range") : null;

        var day = unit == PeriodUnit.Day && count is { } days ? named.From.AddDays(before ? -days : days) : (DateOnly?)null;
        if (day is { } only)
            return Period.Day("date", only);

        return before
            ? Range(Calendar.Move(named.From, unit, -(count ?? 1)), named.From.AddDays(-1), PeriodUnit.Day)
            : Range(named.To.AddDays(1), Calendar.Move(named.To, unit, count ?? 1), PeriodUnit.Day);
    }

    /// <summary>"the first Monday of March", "the last Friday in February": without a year, the latest one that has begun.</summary>
    private Period? WeekdayOf(ref TimeCursor cursor, int? nth)
    {
        if (cursor.TakeFrom(TimeWords.Weekdays) is not { } weekday || !cursor.Take("of", "in"))
            return null;

        cursor.Take("the");
        if (One(ref cursor) is not { Days: >= 28 } whole)
            return null;

        var day = nth is { } n
            ? whole.From.AddDays(((7 + (int)weekday - (int)whole.From.DayOfWeek) % 7) + (7 * (n - 1)))
            : whole.To.AddDays(-((7 + (int)whole.To.DayOfWeek - (int)weekday) % 7));
        return day > whole.To ? null : Period.Day("date", day);
    }

    /// <summary>"the first week of March", "the last 10 days of January", "first half of 2025", "second quarter of last year".</summary>
    private Period? PartOf(ref TimeCursor cursor)
    {
        cursor.Take("the");
        var last = cursor.Take("last", "final");
        var nth = last ? 1 : cursor.TakeFrom(TimeWords.Ordinals) ?? cursor.TakeNumber(1, 4, TokenKind.Ordinal);
        if (nth is not { } n)
            return null;

        var weekday = cursor;
        if (WeekdayOf(ref weekday, last ? null : n) is { } day)
        {
            cursor = weekday;
            return day;
        }

        var count = cursor.TakeNumber(1, 60, TokenKind.Number) ?? 1;
        var half = cursor.Take("half");
        var unit = half ? PeriodUnit.Month : cursor.TakeFrom(TimeWords.Units);
        var counted = cursor;
        if (unit is null || !cursor.Take("of", "in"))
            return null;

        cursor.Take("the");
        if (One(ref cursor) is not { } whole || counted.At == cursor.At)
            return null;

        if (half)
            return Half(whole, last ? 2 : n);

        if (last)
            return Range(Max(whole.From, Calendar.Move(whole.To.AddDays(1), unit.Value, -count)), whole.To, PeriodUnit.Day);

        var from = Calendar.Move(whole.From, unit.Value, (n - 1) * count);
        return from > whole.To ? null : Fit(whole, new("range", from, Calendar.Move(from, unit.Value, count).AddDays(-1), unit.Value, count));
    }

    private static Period? Half(Period whole, int n)
    {
        if (n > 2)
            return null;

        var middle = whole.Unit == PeriodUnit.Year && whole.Days > 360 ? new DateOnly(whole.From.Year, 7, 1) : whole.From.AddDays((whole.Days + 1) / 2);
        return n == 1 ? Range(whole.From, middle.AddDays(-1), PeriodUnit.Month) : Range(middle, whole.To, PeriodUnit.Month);
    }

    private static Period Fit(Period whole, Period part) => part.To > whole.To ? part with { To = whole.To } : part;

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
