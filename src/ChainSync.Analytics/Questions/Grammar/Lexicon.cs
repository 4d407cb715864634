namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Phrases with their senses, found by the stems of neighbouring tokens.</summary>
internal sealed class Lexicon
{
    private readonly Node _root = new();

    public Lexicon(MetricCatalogue catalogue)
    {
        foreach (var metric in catalogue.Metrics)
            foreach (var words in metric.Words.Append(metric.Label).Append(metric.Name.Replace('_', ' ')))
                Add(SenseKind.Metric, metric.Name, words);

        foreach (var dimension in catalogue.Dimensions)
            foreach (var words in dimension.Words)
                Add(SenseKind.Dimension, dimension.Name, words);

        foreach (var line in LexiconWords.Lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (var words in parts[2].Split(',', StringSplitOptions.TrimEntries))
                Add(Enum.Parse<SenseKind>(parts[0]), parts[1], words);
        }
    }

    /// <summary>All words of all phrases.</summary>
    public HashSet<string> Words { get; } = [];

    /// <summary>All phrases that start at a token. "orders by" counts orders; only "order by" groups.</summary>
    public IEnumerable<Phrase> Match(IReadOnlyList<Token> tokens, int start)
    {
        var node = _root;
        for (var i = start; i < tokens.Count; i++)
        {
            // "sell-through" and "year-on-year" are the phrases without their dashes.
            if (i > start && tokens[i].Kind == TokenKind.Dash)
                continue;

            if (!node.Next.TryGetValue(tokens[i].Stem, out var next))
                yield break;

            node = next;
            foreach (var (kind, value) in node.Senses)
                if (kind != SenseKind.By || !tokens[start].IsPlural)
                    yield return new(start, i - start + 1, kind, value) { IsPlural = Head(tokens, start, i).IsPlural };
        }
    }

    /// <summary>The word that says how many: "hours of the day" are several.</summary>
    private static Token Head(IReadOnlyList<Token> tokens, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
            if (tokens[i].Text == "of")
                return tokens[i - 1];

        return tokens[end];
    }

    private void Add(SenseKind kind, string value, string words)
    {
        var node = _root;
        foreach (var word in words.Split(' '))
        {
            Words.Add(word);
            var stem = Stems.Of(word);
            if (!node.Next.TryGetValue(stem, out var next))
                node.Next[stem] = next = new();

            node = next;
        }

        if (!node.Senses.Contains((kind, value)))
            node.Senses.Add((kind, value));
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Next { get; } = [];

        public List<(SenseKind Kind, string Value)> Senses { get; } = [];
    }
}
