using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions;

/// <summary>
/// The live names of a shop, indexed by word so that a question finds them among a hundred thousand products. Build it
/// once per catalogue change and share it: it never changes and is safe for concurrent use.
/// </summary>
public sealed class ShopNames
{
    private readonly ShopName[] _names;
    private readonly HashSet<(string Field, string Name)> _exact;
    private readonly Dictionary<string, List<int>> _byWord = [];
    private readonly List<(int Name, string[] Stems, string[] Core, bool Parts)> _forms = [];

    /// <summary>Indexes names.</summary>
    /// <param name="names">The names; several may share a spelling in different fields.</param>
    public ShopNames(IEnumerable<ShopName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        _exact = [.. _names.Select(n => (n.Field, n.Name))];
        for (var i = 0; i < _names.Length; i++)
        {
            foreach (var form in _names[i].Aliases.Prepend(_names[i].Name))
                Index(i, form, parts: true);

            foreach (var form in SpokenNames.For(_names[i]))
                Index(i, form, parts: false);
        }
    }

    /// <summary>A shop without names.</summary>
    public static ShopNames None { get; } = new([]);

    /// <summary>All names, in the order given.</summary>
    public IReadOnlyList<ShopName> All => _names;

    /// <summary>Words of the names, as questions may spell them.</summary>
    internal HashSet<string> Words { get; } = [];

    /// <summary>Whether a dimension has a member of exactly this name.</summary>
    /// <param name="field">The dimension.</param>
    /// <param name="name">The name as the host spells it.</param>
    /// <returns>True when it has.</returns>
    public bool Contains(string field, string name) => _exact.Contains((field, name));

    /// <summary>Finds a member by a name that may differ in case, plural or size ("oat milk" for "Oat Milk 1L").</summary>
    /// <param name="field">The dimension.</param>
    /// <param name="text">The name as somebody wrote it.</param>
    /// <returns>The name as the host spells it, or null when none or several fit.</returns>
    public string? Find(string field, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Contains(field, text))
            return text;

        var stems = Tokens(text).Select(t => t.Stem).ToList();
        var found = stems.Count == 0 ? [] : Match(stems).Where(m => m.Name.Field == field).ToList();
        return found is [{ Fit: not NameFit.Part } only] ? only.Name.Name : null;
    }

    /// <summary>Names that contain all given words in order, the best fits first; empty when none does.</summary>
    internal List<NameMatch> Match(IReadOnlyList<string> stems)
    {
        var matches = new List<NameMatch>();
        foreach (var id in Candidates(stems))
        {
            var (name, all, core, parts) = _forms[id];
            if (parts ? InOrder(stems, all) : Begins(stems, all))
                matches.Add(new(_names[name], Same(stems, all) ? NameFit.Whole : Same(stems, core) ? NameFit.Core : NameFit.Part));
        }

        if (matches.Count == 0)
            return matches;

        var best = matches.Min(m => m.Fit);
        return [.. matches.Where(m => m.Fit == best).DistinctBy(m => m.Name)];
    }

    /// <summary>Up to <paramref name="count"/> names that look like a word, nearest first.</summary>
    internal IReadOnlyList<ShopName> Nearest(string word, int count)
    {
        var stem = Stems.Of(word);
        return [.. _byWord.Keys
            .Where(known => known.Length is > 3 and <= 32 && stem.Length <= 32)
            .Select(known => (known, Cost: Unlikeness(stem, known)))
            .Where(pair => pair.Cost < 0.5)
            .OrderBy(pair => pair.Cost).ThenBy(pair => pair.known, StringComparer.Ordinal)
            .SelectMany(pair => _byWord[pair.known].Take(count))
            .Select(id => _names[_forms[id].Name])
            .Distinct().Take(count)];
    }

    /// <summary>Edits per letter, halved for a shared beginning (after Winkler 1990): people recall how a name starts.</summary>
    private static double Unlikeness(string one, string other)
    {
        var longer = Math.Max(one.Length, other.Length);
        var shared = one.AsSpan().CommonPrefixLength(other);
        return EditDistance.Between(one, other) / longer * (1 - (0.5 * shared / longer));
    }

    private void Index(int name, string form, bool parts)
    {
        var tokens = Tokens(form);
        if (tokens.Count == 0)
            return;

        string[] stems = [.. tokens.Select(t => t.Stem)];
        string[] core = [.. tokens.Where(t => !IsSize(t)).Select(t => t.Stem)];
        var id = _forms.Count;
        _forms.Add((name, stems, core, parts));
        foreach (var stem in stems.Distinct())
        {
            if (!_byWord.TryGetValue(stem, out var list))
                _byWord[stem] = list = [];

            list.Add(id);
        }

        foreach (var token in tokens.Where(t => t.Kind == TokenKind.Word))
            Words.Add(token.Text);
    }

    private static List<Token> Tokens(string name) =>
        [.. Tokeniser.Read(name, dayFirst: true).Where(t => t.Kind is not (TokenKind.Comma or TokenKind.Dash or TokenKind.Symbol))];

    /// <summary>"1l", "500g", "12": what people leave out when they name a product.</summary>
    private static bool IsSize(Token token) => token.IsNumber || (token.Kind == TokenKind.Word && char.IsAsciiDigit(token.Text[0]));

    private List<int> Candidates(IReadOnlyList<string> stems)
    {
        List<int>? rarest = null;
        foreach (var stem in stems)
        {
            if (!_byWord.TryGetValue(stem, out var list))
                return [];

            if (rarest is null || list.Count < rarest.Count)
                rarest = list;
        }

        return rarest ?? [];
    }

    private static bool InOrder(IReadOnlyList<string> stems, string[] all)
    {
        var found = 0;
        foreach (var word in all)
            if (found < stems.Count && word == stems[found])
                found++;

        return found == stems.Count;
    }

    private static bool Begins(IReadOnlyList<string> stems, string[] all) => stems.Count <= all.Length && all.Take(stems.Count).SequenceEqual(stems);

    private static bool Same(IReadOnlyList<string> stems, string[] all) => all.Length == stems.Count && all.SequenceEqual(stems);
}
