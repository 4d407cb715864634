using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>
/// Cuts a question into phrases: every rule proposes phrases at every place, and the cut with the highest sum of scores
/// wins (Viterbi over token positions). Longer phrases and whole names outweigh their parts.
/// </summary>
internal sealed class Tagger(Lexicon lexicon, MetricCatalogue catalogue, ShopNames names)
{
    private const int LongestName = 9;
    private const double UnknownScore = -1;

    public List<Phrase> Read(IReadOnlyList<Token> tokens, TimeGrammar times, IReadOnlySet<string> properNouns)
    {
        var anomalous = Enumerable.Range(0, tokens.Count).Any(i => lexicon.Match(tokens, i).Any(p => p.Kind == SenseKind.Anomaly));
        var best = new (double Score, Phrase? Last)[tokens.Count + 1];
        for (var i = 1; i <= tokens.Count; i++)
            best[i] = (double.NegativeInfinity, null);

        for (var i = 0; i < tokens.Count; i++)
            foreach (var phrase in Proposals(tokens, i, times, anomalous, properNouns))
                if (best[i].Score + phrase.Score > best[phrase.End].Score)
                    best[phrase.End] = (best[i].Score + phrase.Score, phrase);

        var path = new List<Phrase>();
        for (var i = tokens.Count; i > 0; i = path[^1].Start)
            path.Add(best[i].Last!);

        path.Reverse();
        return path;
    }

    private IEnumerable<Phrase> Proposals(IReadOnlyList<Token> tokens, int i, TimeGrammar times, bool anomalous, IReadOnlySet<string> properNouns)
    {
        yield return Single(tokens[i], i);

        foreach (var phrase in lexicon.Match(tokens, i))
            yield return phrase with { Score = Score(phrase) };

        if (times.Match(tokens, i) is { } time)
            yield return new(i, time.Length, SenseKind.Time) { Period = time.Period, Score = (1.4 * time.Length) - 0.2 };

        if (Weekdays.Match(tokens, i) is { } habit)
            yield return habit;

        if (ClockTimes.Match(tokens, i) is { } hours)
            yield return hours;

        if (anomalous && Severity(tokens[i], i) is { } severity)
            yield return severity;

        if (InStore(tokens, i) is { } channel)
            yield return channel;

        foreach (var phrase in Names(tokens, i, properNouns))
            yield return phrase;
    }

    /// <summary>"in-store sales", "online and in store": the channel, where a shop sells through one called store.</summary>
    private Phrase? InStore(IReadOnlyList<Token> tokens, int i)
    {
        var dash = i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Dash;
        var at = dash ? i + 2 : i + 1;
        if (tokens[i].Text != "in" || at >= tokens.Count || tokens[at].Text is not ("store" or "shop" or "person"))
            return null;

        var sold = at + 1 < tokens.Count && tokens[at + 1].Stem is "sale" or "revenue" or "order" or "transaction" or "purchase" or "taking";
        if (!dash && !sold && tokens[at].Text != "person" && !tokens.Any(t => t.Text is "online" or "web"))
            return null;

        return names.Contains("channel", "store")
            ? new(i, at - i + 1, SenseKind.Name) { Names = [new("channel", "store")], Score = 1.3 * (at - i + 1) }
            : null;
    }

    private static Phrase Single(Token token, int at) => token.Kind switch
    {
        TokenKind.Number => new(at, 1, SenseKind.Number) { Number = token.Number, Score = 0.9 },
        TokenKind.Percent => new(at, 1, SenseKind.Percent) { Number = token.Number, Score = 0.9 },
        TokenKind.Money => new(at, 1, SenseKind.Money) { Number = token.Number, Score = 0.9 },
        TokenKind.Comma => new(at, 1, SenseKind.And, ",") { Score = 0.1 },
        TokenKind.Symbol => new(at, 1, SenseKind.Comparator, token.Text switch { ">" => "gt", ">=" => "gte", "<" => "lt", "<=" => "lte", _ => "eq" }) { Score = 0.9 },
        TokenKind.Dash => new(at, 1, SenseKind.Stop) { Score = 0.1 },
        _ => new(at, 1, SenseKind.Unknown) { Score = UnknownScore },
    };

    private static double Score(Phrase phrase)
    {
        var length = phrase.Length + (0.15 * (phrase.Length - 1));
        return phrase.Kind switch
        {
            SenseKind.Stop => 0.3 * length,
            // "the same day last week" must outweigh "the same" and "last week".
            SenseKind.CompareWith => 1.25 * length,
            // "return rate of": the filler at the end of "rate of" must not win it the "rate".
            SenseKind.Quantity when phrase.Length > 1 => length - 0.8,
            // "make that weekly": a phrase that changes the last question outweighs its verb and its pronoun.
            SenseKind.Follow => (phrase.Length > 1 ? 1.0 : 0.8) * length,
            // Where a word has several senses, the one that needs no context comes first.
            SenseKind.Sales or SenseKind.Refunds => length + 0.03,
            SenseKind.Dimension => length + 0.02,
            SenseKind.Metric => length + 0.01,
            _ => length,
        };
    }

    private Phrase? Severity(Token token, int at) =>
        catalogue.FindDimension("severity")?.Values?.Contains(token.Text) == true
            ? new(at, 1, SenseKind.Name) { Names = [new("severity", token.Text)], Score = 1.25 }
            : null;

    private IEnumerable<Phrase> Names(IReadOnlyList<Token> tokens, int start, IReadOnlySet<string> properNouns)
    {
        var stems = new List<string>();
        for (var i = start; i < tokens.Count && i - start < LongestName; i++)
        {
            if (tokens[i].Kind is TokenKind.Comma or TokenKind.Symbol)
                yield break;

            if (tokens[i].Kind == TokenKind.Dash)
                continue;

            stems.Add(tokens[i].Stem);
            var matches = names.Match(stems);
            if (matches.Count == 0)
                yield break;

            var length = i - start + 1;
            if (Plausible(tokens, start, length, matches[0], properNouns))
                yield return new(start, length, SenseKind.Name)
                {
                    Names = [.. matches.Select(m => m.Name)],
                    // Several words of one whole name hold together against the phrases that begin or end inside it: "7 Up on Sunday".
                    Score = matches[0].Fit switch
                    {
                        NameFit.Whole => (1.25 * length) + (0.4 * (length - 1)),
                        NameFit.Core => (1.22 * length) + (0.4 * (length - 1)),
                        _ => 1.05 * length,
                    },
                };
        }
    }

    /// <summary>
    /// Ordinary words of questions are not taken for names: "store" alone is never the channel of that name, and a part
    /// of a name must hold a word of its own.
    /// </summary>
    private bool Plausible(IReadOnlyList<Token> tokens, int start, int length, NameMatch match, IReadOnlySet<string> properNouns)
    {
        var fit = match.Fit;
        var own = Enumerable.Range(start, length).Count(i => IsOwn(tokens, i));
        return fit switch
        {
            NameFit.Part => own > 0,
            _ => own > 0 || length > 1 || BesideSibling(tokens, start)
                // "units of Total": written as a name, it is the product of that name.
                || (properNouns.Contains(tokens[start].Text) && match.Name.Field is "product" or "category" or "supplier"),
        };
    }

    /// <summary>"online vs store": beside another name of its field even an ordinary word is a name.</summary>
    private bool BesideSibling(IReadOnlyList<Token> tokens, int i) => Sibling(tokens, i, 1) || Sibling(tokens, i, -1);

    private bool Sibling(IReadOnlyList<Token> tokens, int i, int step)
    {
        var (joint, other) = (i + step, i + (2 * step));
        if (other < 0 || other >= tokens.Count)
            return false;

        var compares = tokens[joint].Text is "and" or "to" or "with" && tokens.Any(t => t.Stem is "compare" or "between");
        if (!compares && tokens[joint].Text is not ("vs" or "versus" or "or" or "against"))
            return false;

        var field = names.Match([tokens[i].Stem])[0].Name.Field;
        return names.Match([tokens[other].Stem]).Any(m => m.Fit != NameFit.Part && m.Name.Field == field);
    }

    private bool IsOwn(IReadOnlyList<Token> tokens, int i) =>
        tokens[i].Kind == TokenKind.Word && tokens[i].Text.Length > 1 && !lexicon.Match(tokens, i).Any(p => p.Length == 1)
        && !(TimeWords.Months.ContainsKey(tokens[i].Text) || TimeWords.Weekdays.ContainsKey(tokens[i].Stem) || TimeWords.Units.ContainsKey(tokens[i].Stem));
}
