using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads the asked range and the one it is compared with.</summary>
internal static class TimeReader
{
    public static void Read(Sentence sentence, QuestionSlots slots, Calendar calendar)
    {
        var times = sentence.Free(SenseKind.Time).Where(t => t.Period!.Token != "now").ToList();
        PlaceInYear(sentence, times);
        MakeHabit(sentence, slots, times);
        var with = sentence.Free(SenseKind.CompareWith).FirstOrDefault();
        var comparing = sentence.Compares || sentence.Has(SenseKind.Growth);
        slots.CompareWith = with?.Value ?? BareLast(sentence, times);
        if (times.Count == 0)
        {
            slots.Time = sentence.Free(SenseKind.Time).FirstOrDefault()?.Period;
            return;
        }

        if (times.Count == 1)
            ReadOne(sentence, slots, calendar, times[0]);
        else if (with is null && comparing)
            ReadTwo(slots, times[0].Period!, times[1].Period!);
        else
            slots.Time = Joined(times[0].Period!, times[1].Period!) ?? times[0].Period;
    }

    /// <summary>"Christmas week revenue 2025": a year stated apart places the days before it, and is no range of its own.</summary>
    private static void PlaceInYear(Sentence sentence, List<Phrase> times)
    {
        if (times.Count < 2 || times[0].Period is not { Days: < 365 } days || times[1] is not { Length: 1, Period: { Unit: PeriodUnit.Year } year }
            || sentence.Before(times[1]) is { } before && (sentence.IsVersus(before) || before.Kind is SenseKind.And or SenseKind.Time))
            return;

        var shift = year.From.Year - days.From.Year;
        times[0] = times[0] with { Period = days with { From = days.From.AddYears(shift), To = days.To.AddYears(shift), Ahead = null } };
        times.RemoveAt(1);
    }

    /// <summary>"Saturday sales this year": beside a longer range a weekday is not one day but all of them.</summary>
    private static void MakeHabit(Sentence sentence, QuestionSlots slots, List<Phrase> times)
    {
        if (times.Count != 2 || times.FirstOrDefault(t => t.Length == 1 && TimeWords.Weekdays.ContainsKey(sentence.Tokens[t.Start].Stem)) is not { } day
            || times.First(t => t != day).Period is not { Days: > 7 })
            return;

        slots.Filters.Add(new("day_of_week", QueryOperator.Eq, [day.Period!.From.DayOfWeek.ToString()]));
        times.Remove(day);
    }

    /// <summary>"this week versus last": the unit is not said twice.</summary>
    private static string? BareLast(Sentence sentence, List<Phrase> times)
    {
        var last = sentence.Free(SenseKind.Unknown).FirstOrDefault(p => sentence.Text(p) == "last");
        if (times.Count != 1 || last is null || sentence.Before(last) is not { } versus || !sentence.IsVersus(versus))
            return null;

        sentence.Use(last);
        return times[0].Period!.Unit == PeriodUnit.Year ? "year" : "previous";
    }

    /// <summary>"gone up since last month": the month before is what this one is measured by.</summary>
    private static bool SinceLast(Sentence sentence, Phrase time) =>
        sentence.Has(SenseKind.Growth) && time.Length == 3 && sentence.Tokens[time.Start].Text == "since" && sentence.Tokens[time.Start + 1].Text == "last"
        && TimeWords.Units.ContainsKey(sentence.Tokens[time.Start + 2].Stem);

    /// <summary>"compared to last year": the one range stated is the one compared with, and the asked one follows from it.</summary>
    private static void ReadOne(Sentence sentence, QuestionSlots slots, Calendar calendar, Phrase time)
    {
        if (SinceLast(sentence, time) && slots.CompareWith is null)
        {
            var unit = TimeWords.Units[sentence.Tokens[time.Start + 2].Stem];
            slots.CompareWith = unit == PeriodUnit.Year ? "year" : $"previous:{unit.ToString().ToLowerInvariant()}";
            return;
        }

        var after = sentence.Before(time);
        if (!(after is not null && sentence.IsVersus(after)) && !OnOrOver(sentence, time) || slots.CompareWith is not null)
        {
            slots.Time = time.Period;
            return;
        }

        var other = time.Period!;
        slots.CompareTo = other;
        if (other.Token.StartsWith("last_", StringComparison.Ordinal) && other.Count == 1 && other.Unit != PeriodUnit.Day)
            slots.CompareWith = other.Unit == PeriodUnit.Year ? "year" : $"previous:{other.Unit.ToString().ToLowerInvariant()}";
        else if (other.Token == "yesterday")
            slots.Time = Period.Day("today", calendar.Today);
        else if (other.Unit == PeriodUnit.Month && other.Days <= 31)
            slots.Time = calendar.Unit(PeriodUnit.Month, 0, "this_month");
        else if (other.Unit == PeriodUnit.Year)
            slots.CompareWith = "year";
    }

    /// <summary>"down 20 % on last month", "growth over last year", "up from last week".</summary>
    private static bool OnOrOver(Sentence sentence, Phrase time)
    {
        if (time.Start == 0 || time.Period!.Unit == PeriodUnit.Day || !time.Period.Token.StartsWith("last_", StringComparison.Ordinal))
            return false;

        var before = sentence.Tokens[time.Start - 1].Text;
        return before == "on" || (before is "over" or "from" && sentence.Phrases.Any(p => p.Kind == SenseKind.Growth));
    }

    private static void ReadTwo(QuestionSlots slots, Period first, Period second)
    {
        (slots.Time, slots.CompareTo) = second.From > first.From && !(second.From <= first.To) ? (second, first) : (first, second);
    }

    /// <summary>"January and February": neighbours make one range.</summary>
    private static Period? Joined(Period first, Period second)
    {
        if (first.From > second.From)
            (first, second) = (second, first);

        return first.To.AddDays(1) == second.From && first.Unit == second.Unit
            ? new("range", first.From, second.To, first.Unit, first.Count + second.Count)
            : null;
    }
}
