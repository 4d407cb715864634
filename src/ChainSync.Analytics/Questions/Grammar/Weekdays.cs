using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Weekdays as a habit: "Saturdays", "every Friday", "weekends", "on weekdays", "weekend sales", "except Sunday", "Monday mornings".</summary>
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
        every |= Mornings(tokens, i + 1) || Excluded(tokens, i);
        if (TimeWords.Weekdays.TryGetValue(word.Stem, out var day) && (every || word.IsPlural) && word.Text is not ("tues" or "weds"))
            return Habit(i, length, [day]);

        every |= Describes(tokens, i);
        if (word.Stem == "weekend" && (every || word.IsPlural))
            return Habit(i, length, Weekend);

        var grouping = i > 0 && tokens[i - 1].Text is "by" or "per" or "across" or "which" or "what" or "all";
        return word.Stem == "weekday" && (every || (word.IsPlural && !grouping)) ? Habit(i, length, Working) : null;
    }

    /// <summary>"Monday mornings", "weekday evenings": the plural says that it is no single day.</summary>
    private static bool Mornings(IReadOnlyList<Token> tokens, int i) =>
        i < tokens.Count && tokens[i] is { IsPlural: true, Stem: "morning" or "afternoon" or "evening" or "lunchtime" };

    /// <summary>"weekend sales", "weekday takings": not "last weekend sales" nor "by weekday".</summary>
    private static bool Describes(IReadOnlyList<Token> tokens, int i) =>
        i + 1 < tokens.Count && (i == 0 || tokens[i - 1].Text is "our" or "of" or "in" or "for" or "and" or "vs" or "versus" or "total" or "average" or "compare" or "show" or "what" or "were")
        && tokens[i + 1].Stem is "sale" or "revenue" or "taking" or "turnover" or "trade" or "trading" or "transaction" or "order" or "unit" or "margin" or "profit" or "refund" or "footfall" or "customer";

    /// <summary>"days other than Sunday", "except Saturday and Sunday".</summary>
    private static bool Excluded(IReadOnlyList<Token> tokens, int i)
    {
        var at = i - 1;
        while (at > 0 && (tokens[at].Text is "and" or "or" or "on" or "the" || tokens[at].Kind == TokenKind.Comma || TimeWords.Weekdays.ContainsKey(tokens[at].Stem)))
            at--;

        return at >= 0 && (tokens[at].Text is "except" or "excluding" or "without" or "besides" or "excl" || (at > 0 && tokens[at - 1].Text is "other" or "apart" or "aside" or "leaving" or "not" && tokens[at].Text is "than" or "from" or "out" or "counting" or "including"));
    }

    private static Phrase Habit(int start, int length, IEnumerable<DayOfWeek> days) => new(start, length, SenseKind.Name)
    {
        Names = [.. days.Select(d => new ShopName("day_of_week", d.ToString()))],
        Together = true,
        Score = 1.3 * length,
    };
}
