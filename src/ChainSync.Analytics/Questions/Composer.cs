using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Slots;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions;

/// <summary>Decides what becomes of read slots: one valid query, readings to choose from, or neither.</summary>
internal sealed class Composer(MetricCatalogue catalogue, ShopNames names, QueryValidator validator, QueryWords words, Calendar calendar)
{
    /// <summary>Words after which a name is expected.</summary>
    private static readonly HashSet<string> NameOpeners =
        ["in", "at", "of", "for", "from", "by", "vs", "versus", "and", "or", "except", "excluding", "without", "show", "many", "much"];

    private readonly Completion _completion = new(catalogue, calendar);
    private readonly Suggestions _suggestions = new(catalogue, validator, words, calendar);

    public QuestionOutcome Compose(Sentence sentence, QuestionSlots slots)
    {
        if (slots.Ambiguous.Count > 0)
            return Ambiguous(sentence, slots);

        if (sentence.Free(SenseKind.Unknown).FirstOrDefault(p => StandsForName(sentence, p)) is { } unknown)
            return SaysNothing(slots) ? ScopeGuard.OutOfScope() : UnknownName(sentence.Text(unknown), slots);

        if (sentence.Has(SenseKind.Why))
            return new UnclearQuestion(UnclearReason.Cause, "Figures do not say why, but they show where and when.", _suggestions.WhereAndWhen(slots));

        if (slots.Metrics.Count == 0 && slots.Time is null && SaysNothing(slots) && sentence.Has(SenseKind.Unknown) && !sentence.Has(SenseKind.Perform))
            return ScopeGuard.OutOfScope();

        if (slots.Metrics.Count == 0 && !MayAssumeRevenue(sentence, slots))
            return new UnclearQuestion(UnclearReason.MissingMetric, "Which figure do you want?", _suggestions.Figures(slots));

        foreach (var phrase in sentence.Free(SenseKind.Unknown))
            slots.Assumptions.Add($"Did not use '{sentence.Text(phrase)}'.");

        var query = _completion.Complete(slots);
        var problems = validator.Problems(query);
        return problems.Count > 0
            ? new UnclearQuestion(UnclearReason.Unsupported, problems[0], _suggestions.Plainer(query))
            : new UnderstoodQuestion(new(words.Say(query), query), [.. slots.Assumptions.Distinct()], _suggestions.OtherMetrics(slots, query));
    }

    /// <summary>
    /// A ranking, a comparison or "how did we do yesterday" is about revenue; a bare "how are we doing" may mean anything.
    /// </summary>
    private static bool MayAssumeRevenue(Sentence sentence, QuestionSlots slots)
    {
        if (slots.Intent is QueryIntent.Anomaly or QueryIntent.Forecast)
            return true;

        var ranged = slots.Time is not null || slots.CompareWith is not null;
        if (slots.Rank is not null || slots.Grows)
            return slots.Dimensions.Count > 0 || ranged;

        var asksHow = sentence.HasWord("how") && sentence.HasWord("do", "did");
        // "beans last week by store?": goods, a range and a way to split leave only the figure open, and the usual one is said.
        var split = slots.Filters.Count > 0 && slots.Dimensions.Count > 0;
        return ranged && (split || asksHow || sentence.Has(SenseKind.Perform) || sentence.Compares);
    }

    /// <summary>"what should I have for dinner": beside the unknown word there is nothing of the shop.</summary>
    private static bool SaysNothing(QuestionSlots slots) =>
        slots.Intent == QueryIntent.Query && slots.Metrics.Count == 0 && slots.Dimensions.Count == 0 && slots.Filters.Count == 0;

    private UnclearQuestion Ambiguous(Sentence sentence, QuestionSlots slots)
    {
        var phrase = slots.Ambiguous[0];
        return new(UnclearReason.AmbiguousName, $"'{sentence.Text(phrase)}' may be {List(phrase.Names)}.", _suggestions.Named(slots, phrase.Names));
    }

    private UnclearQuestion UnknownName(string text, QuestionSlots slots)
    {
        var near = names.Nearest(text, Suggestions.Most);
        var hint = near.Count > 0 ? $" Did you mean {List(near)}?" : "";
        return new(UnclearReason.UnknownName, $"Nothing here is called '{text}'.{hint}", _suggestions.Named(slots, near));
    }

    /// <summary>Whether an unknown word is written like a name, or stands where one would: after "in" or "of", or just before a figure.</summary>
    private static bool StandsForName(Sentence sentence, Phrase phrase)
    {
        if (sentence.Text(phrase) is { Length: < 3 } text || TimeWords.Others.Contains(sentence.Text(phrase)))
            return false;

        if (sentence.ProperNouns.Contains(sentence.Text(phrase)))
            return true;

        for (var i = phrase.Start - 1; i >= 0; i--)
        {
            if (NameOpeners.Contains(sentence.Tokens[i].Text))
                return true;

            var filler = sentence.Tokens[i].Text is "the" or "our" or "my" or "all";
            if (!filler && sentence.Phrases.First(p => p.Start <= i && p.End > i).Kind != SenseKind.Unknown)
                break;
        }

        return sentence.After(phrase) is { IsMetric: true } next && next.Start == phrase.End;
    }

    private static string List(IReadOnlyList<ShopName> found)
    {
        var shown = string.Join(", ", found.Take(Suggestions.Most).Select(n => $"{n.Name} ({n.Field.Replace('_', ' ')})"));
        return found.Count > Suggestions.Most ? $"{shown} or {found.Count - Suggestions.Most} more" : shown;
    }
}
