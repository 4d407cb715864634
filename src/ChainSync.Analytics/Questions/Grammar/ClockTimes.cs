using System.Globalization;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Hours of the day: "after 5pm", "before noon", "between 9am and 11am".</summary>
internal static class ClockTimes
{
    public static Phrase? Match(IReadOnlyList<Token> tokens, int i)
    {
        var word = tokens[i].Text;
        if (tokens[i].Kind == TokenKind.Clock)
            return Until(tokens, i, i) ?? Hours(i, 1, tokens[i].Number, tokens[i].Number + 1);

        if (i + 1 >= tokens.Count || tokens[i + 1].Kind != TokenKind.Clock)
            return null;

        var hour = tokens[i + 1].Number;
        return word switch
        {
            "between" or "from" => Until(tokens, i, i + 1) ?? (word == "from" ? Hours(i, 2, hour, 24) : null),
            "after" or "since" or "past" => Hours(i, 2, hour, 24),
            "before" or "until" or "till" => Hours(i, 2, 0, hour),
            "at" or "around" => Until(tokens, i, i + 1) ?? Hours(i, 2, hour, hour + 1),
            _ => null,
        };
    }

    private static Phrase? Until(IReadOnlyList<Token> tokens, int start, int first) =>
        first + 2 < tokens.Count && tokens[first + 2].Kind == TokenKind.Clock && tokens[first + 2].Number > tokens[first].Number
            && (tokens[first + 1].Kind == TokenKind.Dash || tokens[first + 1].Text is "and" or "to" or "until" or "till")
            ? Hours(start, first + 3 - start, tokens[first].Number, tokens[first + 2].Number)
            : null;

    private static Phrase Hours(int start, int length, double from, double to) =>
        new(start, length, SenseKind.Hours, string.Create(CultureInfo.InvariantCulture, $"{from}-{to}")) { Score = 1.3 * length };
}
