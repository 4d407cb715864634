using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>
/// A date with parts left out: "24 Dec", "February", "14th"; what is missing comes from the other end of a range or from today.
/// </summary>
internal readonly record struct DatePoint(int? Day, int? Month, int? Year)
{
    private static readonly string[] BeforeMonth =
        ["in", "of", "since", "from", "to", "until", "last", "this", "next", "and", "for", "during", "by", "vs", "with", "between", "than"];

    private static readonly string[] AfterMonth = ["last", "this"];

    private static readonly TokenKind[] DayKinds = [TokenKind.Number, TokenKind.Ordinal];

    public static DatePoint? Take(ref TimeCursor cursor, bool dayAlone)
    {
        if (cursor.Here is { Kind: TokenKind.Date } token)
        {
            cursor.TakeAll(token.Text);
            var date = DateOnly.FromDayNumber((int)token.Number);
            return new(date.Day, date.Month, date.Year);
        }

        var start = cursor;
        cursor.TakeFrom(TimeWords.Weekdays);
        cursor.TakeComma();
        cursor.Take("the");
        if (TakeDayMonth(ref cursor, dayAlone) is { } point)
            return point with { Year = TakeYear(ref cursor) };

        cursor = start;
        if (TakeMonth(ref cursor) is not { } month)
            return null;

        var dayFirst = cursor;
        if (dayFirst.TakeNumber(1, 31, DayKinds) is { } day && !Counts(dayFirst.Here))
        {
            cursor = dayFirst;
            return new(day, month, TakeYear(ref cursor));
        }

        return new(null, month, TakeYear(ref cursor));
    }

    /// <summary>The day or whole month meant; with no year, the latest that has begun by today, and ahead the next.</summary>
    public Period? Resolve(Calendar calendar)
    {
        if (Month is not { } month)
            return Day is { } alone ? OfThisMonth(alone, calendar) : null;

        if (Year is { } year)
            return In(year);

        // Eight years hold a 29th of February on either side.
        var years = Enumerable.Range(calendar.Today.Year - 8, 17).Select(In).OfType<Period>().ToList();
        return years.LastOrDefault(p => p.From <= calendar.Today) is { } period
            ? period with { Ahead = years.First(p => p.To >= calendar.Today) }
            : null;
    }

    private Period? In(int year)
    {
        if (Month is not { } month || year is < 1900 or > 2200)
            return null;

        if (Day is not { } day)
            return Calendar.Unit(PeriodUnit.Month, new DateOnly(year, month, 1), "range");

        return day <= DateTime.DaysInMonth(year, month) ? Period.Day("date", new(year, month, day)) : null;
    }

    private static Period? OfThisMonth(int day, Calendar calendar)
    {
        var month = calendar.StartOf(PeriodUnit.Month, calendar.Today);
        if (day > calendar.Today.Day)
            month = month.AddMonths(-1);

        return day <= DateTime.DaysInMonth(month.Year, month.Month) ? Period.Day("date", month.AddDays(day - 1)) : null;
    }

    private static DatePoint? TakeDayMonth(ref TimeCursor cursor, bool dayAlone)
    {
        var start = cursor;
        if (cursor.TakeNumber(1, 31, DayKinds) is not { } day)
            return null;

        var ordinal = cursor.Before!.Kind == TokenKind.Ordinal;
        cursor.Take("of");
        if (TakeMonth(ref cursor) is { } month)
            return new(day, month, null);

        cursor = start;
        if (!dayAlone && !ordinal)
            return null;

        cursor.TakeNumber(1, 31, DayKinds);
        return new(day, null, null);
    }

    private static int? TakeMonth(ref TimeCursor cursor)
    {
        // "may" is a verb too: it counts as the month only beside a word that dates have.
        return cursor.Here?.Text == "may" && !BesideDate(cursor.Before, BeforeMonth) && !BesideDate(cursor.After(1), AfterMonth)
            ? null
            : cursor.TakeFrom(TimeWords.Months);
    }

    private static bool BesideDate(Token? token, string[] words) =>
        token is not null && (token.Kind is TokenKind.Number or TokenKind.Ordinal or TokenKind.Dash || words.Contains(token.Text));

    /// <summary>"March 5 products": the number counts something else.</summary>
    private static bool Counts(Token? next) => next is { Kind: TokenKind.Word, Stem: "product" or "store" or "day" or "week" or "item" };

    private static int? TakeYear(ref TimeCursor cursor)
    {
        var try_ = cursor;
        try_.TakeComma();
        try_.Take("of", "in");
        if (try_.TakeNumber(1990, 2199, TokenKind.Number) is not { } year)
            return null;

        cursor = try_;
        return year;
    }
}
