namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>A question cut into phrases, with what was corrected on the way. Readers mark the phrases they have used.</summary>
internal sealed class Sentence(IReadOnlyList<Token> tokens, IReadOnlyList<Phrase> phrases, IReadOnlyList<string> corrections)
{
    private readonly HashSet<Phrase> _used = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<Token> Tokens => tokens;

    public IReadOnlyList<Phrase> Phrases => phrases;

    public IReadOnlyList<string> Corrections => corrections;

    /// <summary>Words with a capital letter where the sentence gives none, in lower case.</summary>
    public IReadOnlySet<string> ProperNouns { get; init; } = new HashSet<string>();

    public string Text(Phrase phrase) => string.Join(' ', tokens.Skip(phrase.Start).Take(phrase.Length).Select(t => t.Text));

    public bool Has(SenseKind kind) => phrases.Any(p => p.Kind == kind && IsFree(p));

    public bool Has(SenseKind kind, string value) => phrases.Any(p => p.Is(kind, value) && IsFree(p));

    /// <summary>Whether things are set side by side: "vs", "compare", "better than" without a number.</summary>
    public bool Compares => Has(SenseKind.Compare) || phrases.Any(p => IsVersus(p));

    public bool IsVersus(Phrase phrase) =>
        IsFree(phrase) && (phrase.Kind == SenseKind.Versus || (phrase.Kind == SenseKind.Comparator && tokens[phrase.End - 1].Text == "than"));

    /// <summary>Whether rows are to be ranked.</summary>
    public bool Ranks => Has(SenseKind.Rank) || Has(SenseKind.RankBy);

    public bool HasWord(params ReadOnlySpan<string> words)
    {
        foreach (var token in tokens)
            if (words.Contains(token.Text))
                return true;

        return false;
    }

    public IEnumerable<Phrase> Free(SenseKind kind) => phrases.Where(p => p.Kind == kind && IsFree(p));

    public bool IsFree(Phrase phrase) => !_used.Contains(phrase);

    public void Use(Phrase phrase) => _used.Add(phrase);

    /// <summary>The nearest phrase before another that is more than a filler word; null at the start.</summary>
    public Phrase? Before(Phrase phrase) => Step(phrase, -1);

    /// <summary>The nearest phrase after another that is more than a filler word; null at the end.</summary>
    public Phrase? After(Phrase phrase) => Step(phrase, 1);

    /// <summary>Phrases between two others, in order.</summary>
    public IEnumerable<Phrase> Between(Phrase first, Phrase last) => phrases.Where(p => p.Start >= first.End && p.End <= last.Start);

    private Phrase? Step(Phrase phrase, int step)
    {
        for (var i = IndexOf(phrase) + step; i >= 0 && i < phrases.Count; i += step)
            if (phrases[i].Kind != SenseKind.Stop)
                return phrases[i];

        return null;
    }

    private int IndexOf(Phrase phrase)
    {
        for (var i = 0; i < phrases.Count; i++)
            if (ReferenceEquals(phrases[i], phrase))
                return i;

        return -1;
    }
}
