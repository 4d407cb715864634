using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>A place in a question, moved on by what a rule takes. Copying it is how a rule tries and backs out.</summary>
internal struct TimeCursor(IReadOnlyList<Token> tokens, int at)
{
    public int At { get; private set; } = at;

    public readonly Token? Here => At < tokens.Count ? tokens[At] : null;

    public readonly Token? Before => At > 0 ? tokens[At - 1] : null;

    public readonly Token? After(int steps) => At + steps >= 0 && At + steps < tokens.Count ? tokens[At + steps] : null;

    public bool Take(params ReadOnlySpan<string> words)
    {
        if (Here is not { Kind: TokenKind.Word } token || !(words.Contains(token.Text) || words.Contains(token.Stem)))
            return false;

        At++;
        return true;
    }

    /// <summary>Takes all words in order or none.</summary>
    public bool TakeAll(string phrase)
    {
        var try_ = this;
        foreach (var range in phrase.AsSpan().Split(' '))
        {
            var word = phrase[range];
            if (try_.Here is not { } token || (token.Text != word && token.Stem != word))
                return false;

            try_.At++;
        }

        this = try_;
        return true;
    }

    public bool TakeDash()
    {
        if (Here?.Kind != TokenKind.Dash)
            return false;

        At++;
        return true;
    }

    public void TakeComma()
    {
        if (Here?.Kind == TokenKind.Comma)
            At++;
    }

    public int? TakeNumber(int least, int most, params ReadOnlySpan<TokenKind> kinds)
    {
        if (Here is not { } token || !kinds.Contains(token.Kind) || token.Number < least || token.Number > most || token.Number % 1 != 0)
            return null;

        At++;
        return (int)token.Number;
    }

    public T? TakeFrom<T>(IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Here is not { Kind: TokenKind.Word or TokenKind.Number } token || !(words.TryGetValue(token.Text, out var value) || words.TryGetValue(token.Stem, out value)))
            return null;

        At++;
        return value;
    }
}
