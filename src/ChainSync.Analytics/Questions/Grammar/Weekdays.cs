using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Weekdays as a habit: "Saturdays", "every Friday", "weekends", "on weekdays".</summary>
internal static class Weekdays
{
    private static readonly DayOfWeek[] Weekend = [DayOfWeek.Saturday, DayOfWeek.Sunday];
    private static readonly DayOfWeek[] Working = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public static Phrase? Match(IReadOnlyList<Token> tokens, int i)
    {
        var token = tokens[i];
        var every = token.Text is "every" or "each" or "a" && i + 1 < tokens.Count;
        var word = every ? tokens[i + 1] : token;
        var length = every ? 2 : 1;
        if (TimeWords.Weekdays.TryGetValue(word.Stem, out var day) && (every || word.IsPlural) && word.Text is not ("tues" or "weds"))
            return Habit(i, length, [day]);

        if (word.Stem == "weekend" && (every || word.IsPlural))
            return Habit(i, length, Weekend);

        var grouping = i > 0 && tokens[i - 1].Text is "by" or "per" or "across" or "which" or "what" or "all";
        return word.Stem == "weekday" && (every || (word.IsPlural && !grouping)) ? Habit(i, length, Working) : null;
    }

    private static Phrase Habit(int start, int length, IEnumerable<DayOfWeek> days) => new(start, length, SenseKind.Name)
    {
        Names = [.. days.Select(d => new ShopName("day_of_week", d.ToString()))],
        Together = true,
        Score = 1.3 * length,
    };
}
