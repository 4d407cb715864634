namespace ChainSync.Analytics.Questions.Times;

/// <summary>Calendar arithmetic around one "today".</summary>
internal sealed class Calendar(DateOnly today, QuestionOptions options)
{
    public DateOnly Today => today;

    public QuestionOptions Options => options;

    /// <summary>The calendar unit that holds today, moved by <paramref name="offset"/> units.</summary>
    public Period Unit(PeriodUnit unit, int offset, string token) => Unit(unit, Move(StartOf(unit, today), unit, offset), token);

    /// <summary>The calendar unit that starts on <paramref name="start"/>.</summary>
    public static Period Unit(PeriodUnit unit, DateOnly start, string token) => new(token, start, Move(start, unit, 1).AddDays(-1), unit);

    public DateOnly StartOf(PeriodUnit unit, DateOnly day) => unit switch
    {
        PeriodUnit.Week => day.AddDays(-((7 + (int)day.DayOfWeek - (int)options.WeekStartsOn) % 7)),
        PeriodUnit.Month => new(day.Year, day.Month, 1),
        PeriodUnit.Quarter => new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        PeriodUnit.Year => new(day.Year, 1, 1),
        _ => day,
    };

    public static DateOnly Move(DateOnly day, PeriodUnit unit, int count) => unit switch
    {
        PeriodUnit.Week => day.AddDays(7 * count),
        PeriodUnit.Month => day.AddMonths(count),
        PeriodUnit.Quarter => day.AddMonths(3 * count),
        PeriodUnit.Year => day.AddYears(count),
        _ => day.AddDays(count),
    };

    /// <summary>The last <paramref name="count"/> complete units before today.</summary>
    public Period Last(PeriodUnit unit, int count)
    {
        var start = StartOf(unit, today);
        return new(Name("last", unit, count), Move(start, unit, -count), start.AddDays(-1), unit, count);
    }

    /// <summary>The next <paramref name="count"/> complete units after the current one; for days, from tomorrow.</summary>
    public Period Next(PeriodUnit unit, int count)
    {
        var start = Move(StartOf(unit, today), unit, 1);
        return new(Name("next", unit, count), start, Move(start, unit, count).AddDays(-1), unit, count);
    }

    public Period Weekend(int offset, string token)
    {
        var monday = today.AddDays(-((6 + (int)today.DayOfWeek) % 7)).AddDays(7 * offset);
        return new(token, monday.AddDays(5), monday.AddDays(6), PeriodUnit.Week);
    }

    /// <summary>The latest such weekday before today; ahead: the first one after it.</summary>
    public Period Weekday(DayOfWeek day)
    {
        var back = (7 + (int)today.DayOfWeek - (int)day) % 7;
        var last = today.AddDays(back == 0 ? -7 : -back);
        return Period.Day("date", last) with { Ahead = Period.Day("date", back == 0 ? last.AddDays(14) : last.AddDays(7)) };
    }

    /// <summary>Cuts a range that has begun at today: nothing is recorded later.</summary>
    public Period UpToToday(Period period) =>
        period.From <= today && period.To > today ? period with { To = today } : period;

    /// <summary>The range just before; a range cut at today gets the same number of days of the preceding unit.</summary>
    public Period Previous(Period period)
    {
        if (period.From == StartOf(period.Unit, period.From))
        {
            var start = Move(period.From, period.Unit, -period.Count);
            var end = period.From.AddDays(-1);
            var whole = period.To == Move(period.From, period.Unit, period.Count).AddDays(-1);
            var partial = start.AddDays(period.Days - 1);
            return period with { Token = "previous_period", From = start, To = whole || partial > end ? end : partial, Ahead = null };
        }

        return period with { Token = "previous_period", From = period.From.AddDays(-period.Days), To = period.From.AddDays(-1), Ahead = null };
    }

    /// <summary>The same days one year earlier; the end of February stays the end of February.</summary>
    public static Period LastYear(Period period)
    {
        var monthEnd = period.To.AddDays(1).Day == 1 && period.Unit != PeriodUnit.Day;
        var to = monthEnd ? period.To.AddDays(1).AddYears(-1).AddDays(-1) : period.To.AddYears(-1);
        return period with { Token = "same_period_last_year", From = period.From.AddYears(-1), To = to, Ahead = null };
    }

    public static string Name(string which, PeriodUnit unit, int count)
    {
        var name = unit.ToString().ToLowerInvariant();
        return count == 1 && unit != PeriodUnit.Day ? $"{which}_{name}" : $"{which}_{count}_{name}s";
    }
}
