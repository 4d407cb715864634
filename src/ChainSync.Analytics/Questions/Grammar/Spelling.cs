namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>
/// Finds the known word a misspelt one most likely stands for. The first letter must hold (slips there are rare), except
/// when it was dropped or swapped with the second.
/// </summary>
internal sealed class Spelling
{
    private const int Longest = 32;

    private readonly Dictionary<(char First, int Length), List<(string Word, double Favour)>> _buckets = [];
    private readonly HashSet<string> _known = [];

    /// <summary>Adds a word; a larger <paramref name="favour"/> (0 to 0.5) wins among equally near words.</summary>
    public void Add(string word, double favour)
    {
        if (!_known.Add(word) || word.Length is < 3 or > Longest || !char.IsAsciiLetter(word[0]))
            return;

        var key = (word[0], word.Length);
        if (!_buckets.TryGetValue(key, out var bucket))
            _buckets[key] = bucket = [];

        bucket.Add((word, favour));
    }

    /// <summary>Adds a word that is right as it stands, but never what another one was meant to be.</summary>
    public void AddKnown(string word) => _known.Add(word);

    public bool Knows(string word) => _known.Contains(word);

    /// <summary>The word meant, or null when none is near enough.</summary>
    public string? Correct(string typed)
    {
        if (typed.Length is < 3 or > Longest || typed.Any(c => !char.IsAsciiLetter(c)))
            return null;

        var allowed = typed.Length <= 5 ? 1.1 : 2.0;
        (string? Word, double Cost) best = (null, double.MaxValue);
        foreach (var (word, favour) in Near(typed))
        {
            var cost = EditDistance.Between(typed, word);
            if (cost <= allowed && cost - favour < best.Cost)
                best = (word, cost - favour);
        }

        return best.Word;
    }

    private IEnumerable<(string Word, double Favour)> Near(string typed)
    {
        for (var length = typed.Length - 2; length <= typed.Length + 2; length++)
        {
            foreach (var near in Bucket(typed[0], length))
                yield return near;

            if (typed[1] == typed[0])
                continue;

            // First two letters swapped: the known word starts with the second letter typed and goes on with the first.
            foreach (var near in Bucket(typed[1], length))
                if (near.Word[1] == typed[0])
                    yield return near;
        }

        foreach (var bucket in _buckets)
            if (bucket.Key.Length == typed.Length + 1 && bucket.Key.First != typed[0])
                foreach (var near in bucket.Value)
                    if (near.Word.AsSpan(1).SequenceEqual(typed))
                        yield return near;
    }

    private List<(string Word, double Favour)> Bucket(char first, int length) =>
        _buckets.GetValueOrDefault((first, length)) ?? [];
}
