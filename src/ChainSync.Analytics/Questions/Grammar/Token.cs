namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>What a token is made of.</summary>
internal enum TokenKind
{
    Word,
    Number,
    Percent,
    Money,
    Ordinal,
    Date,
    Clock,
    Comma,
    Dash,
    Symbol,
}

/// <summary>
/// One word, number or sign of a question. <paramref name="Stem"/> is the word without a plural ending, the form in which
/// phrases and names are matched; <paramref name="Number"/> is the value of a number, the hour of a clock time or the day
/// number of a date.
/// </summary>
internal sealed record Token(TokenKind Kind, string Text, string Stem, double Number = 0)
{
    public bool IsNumber => Kind is TokenKind.Number or TokenKind.Percent or TokenKind.Money;

    public bool IsPlural => Kind == TokenKind.Word && Text.Length > 3 && Text[^1] == 's' && Stem != Text;

    public static Token Word(string text) => new(TokenKind.Word, text, Stems.Of(text));
}
