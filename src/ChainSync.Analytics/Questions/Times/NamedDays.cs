namespace ChainSync.Analytics.Questions.Times;

/// <summary>Days that shops call by name. Easter follows the Gregorian computus (Meeus 1991, chapter 8).</summary>
internal static class NamedDays
{
    public static readonly IReadOnlyDictionary<string, Func<int, QuestionOptions, (DateOnly From, DateOnly To)>> All =
        new Dictionary<string, Func<int, QuestionOptions, (DateOnly From, DateOnly To)>>
        {
            ["black friday weekend"] = (y, _) => (Thanksgiving(y).AddDays(1), Thanksgiving(y).AddDays(4)),
            ["black friday"] = (y, _) => One(Thanksgiving(y).AddDays(1)),
            ["cyber monday"] = (y, _) => One(Thanksgiving(y).AddDays(4)),
            ["cyber week"] = (y, _) => (Thanksgiving(y).AddDays(-3), Thanksgiving(y).AddDays(4)),
            ["thanksgiving"] = (y, _) => One(Thanksgiving(y)),
            ["thanksgiving day"] = (y, _) => One(Thanksgiving(y)),
            ["christmas eve"] = (y, _) => One(new(y, 12, 24)),
            ["christmas day"] = (y, _) => One(new(y, 12, 25)),
            ["christmas week"] = (y, _) => (new(y, 12, 19), new(y, 12, 25)),
            ["christmas"] = (y, _) => One(new(y, 12, 25)),
            ["xmas"] = (y, _) => One(new(y, 12, 25)),
            ["boxing day"] = (y, _) => One(new(y, 12, 26)),
            ["new year eve"] = (y, _) => One(new(y, 12, 31)),
            ["new year"] = (y, _) => One(new(y, 1, 1)),
            ["new year day"] = (y, _) => One(new(y, 1, 1)),
            ["valentine day"] = (y, _) => One(new(y, 2, 14)),
            ["valentine"] = (y, _) => One(new(y, 2, 14)),
            ["mother day"] = (y, o) => One(MothersDay(y, o)),
            ["mothering sunday"] = (y, _) => One(Easter(y).AddDays(-21)),
            ["father day"] = (y, _) => One(Nth(y, 6, DayOfWeek.Sunday, 3)),
            ["shrove tuesday"] = (y, _) => One(Easter(y).AddDays(-47)),
            ["pancake day"] = (y, _) => One(Easter(y).AddDays(-47)),
            ["good friday"] = (y, _) => One(Easter(y).AddDays(-2)),
            ["easter weekend"] = (y, _) => (Easter(y).AddDays(-2), Easter(y).AddDays(1)),
            ["easter sunday"] = (y, _) => One(Easter(y)),
            ["easter monday"] = (y, _) => One(Easter(y).AddDays(1)),
            ["easter week"] = (y, _) => (Easter(y).AddDays(-6), Easter(y)),
            ["easter"] = (y, _) => One(Easter(y)),
            ["halloween"] = (y, _) => One(new(y, 10, 31)),
            ["single day"] = (y, _) => One(new(y, 11, 11)),
            ["bonfire night"] = (y, _) => One(new(y, 11, 5)),
            ["spring"] = (y, _) => (new(y, 3, 1), new(y, 5, 31)),
            ["summer"] = (y, _) => (new(y, 6, 1), new(y, 8, 31)),
            ["autumn"] = (y, _) => (new(y, 9, 1), new(y, 11, 30)),
            ["winter"] = (y, _) => (new(y, 12, 1), new DateOnly(y + 1, 3, 1).AddDays(-1)),
        };

    /// <summary>The latest occurrence that has begun by today; ahead: the first that starts after it.</summary>
    public static Period Near(string name, Calendar calendar)
    {
        var year = calendar.Today.Year;
        while (All[name](year, calendar.Options).From > calendar.Today)
            year--;

        return In(name, year, calendar) with { Ahead = In(name, year + 1, calendar) };
    }

    public static Period In(string name, int year, Calendar calendar)
    {
        var (from, to) = All[name](year, calendar.Options);
        return new("range", from, to, PeriodUnit.Day, to.DayNumber - from.DayNumber + 1);
    }

    private static (DateOnly From, DateOnly To) One(DateOnly day) => (day, day);

    private static DateOnly Thanksgiving(int year) => Nth(year, 11, DayOfWeek.Thursday, 4);

    private static DateOnly MothersDay(int year, QuestionOptions options) =>
        options.MotheringSunday ? Easter(year).AddDays(-21) : Nth(year, 5, DayOfWeek.Sunday, 2);

    private static DateOnly Nth(int year, int month, DayOfWeek day, int count)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((7 + (int)day - (int)first.DayOfWeek) % 7) + (7 * (count - 1)));
    }

    private static DateOnly Easter(int year)
    {
        var (century, golden) = (year / 100, year % 19);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (year % 100 / 4)) - epact - (year % 100 % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * shift) + 114;
        return new(year, day / 31, (day % 31) + 1);
    }
}
