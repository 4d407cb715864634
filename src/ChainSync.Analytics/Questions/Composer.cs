using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Slots;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions;

/// <summary>Decides what becomes of read slots: one valid query, readings to choose from, or neither.</summary>
internal sealed class Composer(MetricCatalogue catalogue, ShopNames names, QueryValidator validator, QueryWords words, Calendar calendar)
{
    private const int MaxReadings = 3;

    private readonly Completion _completion = new(catalogue, calendar);

    public QuestionOutcome Compose(Sentence sentence, QuestionSlots slots)
    {
        if (slots.Ambiguous.Count > 0)
            return Ambiguous(sentence, slots);

        if (UnknownName(sentence, slots) is { } unknown)
            return unknown;

        if (sentence.Has(SenseKind.Why))
            return Cause(slots);

        if (slots.Metrics.Count == 0 && !MayAssumeRevenue(sentence, slots))
            return MissingMetric(slots);

        foreach (var phrase in sentence.Free(SenseKind.Unknown))
            slots.Assumptions.Add($"Did not use '{sentence.Text(phrase)}'.");

        var query = _completion.Complete(slots);
        var problems = validator.Problems(query);
        return problems.Count > 0
            ? new UnclearQuestion(UnclearReason.Unsupported, problems[0], Nearby(query))
            : new UnderstoodQuestion(Say(query), [.. slots.Assumptions.Distinct()], Others(slots, query));
    }

    /// <summary>A ranking, a comparison or "how did we do yesterday" is about revenue; a bare "how are we doing" may mean anything.</summary>
    private static bool MayAssumeRevenue(Sentence sentence, QuestionSlots slots)
    {
        if (slots.Intent == QueryIntent.Anomaly)
            return true;

        if (slots.Intent == QueryIntent.Forecast)
            return true;

        if (slots.Rank is not null || slots.Grows)
            return slots.Dimensions.Count > 0 || slots.Time is not null || slots.CompareWith is not null;

        var judged = sentence.Has(SenseKind.Perform) || sentence.Compares || sentence.HasWord("do", "did") && sentence.HasWord("how");
        return judged && (slots.Time is not null || slots.CompareWith is not null);
    }

    private QuestionReading Say(AnalyticsQuery query) => new(words.Say(query), query);

    private UnclearQuestion Ambiguous(Sentence sentence, QuestionSlots slots)
    {
        var phrase = slots.Ambiguous[0];
        var said = sentence.Text(phrase);
        var readings = phrase.Names.Take(MaxReadings).Select(name => With(slots, name)).OfType<AnalyticsQuery>().Where(IsValid).Select(Say).ToList();
        return new UnclearQuestion(UnclearReason.AmbiguousName, $"'{said}' may be {List(phrase.Names)}.", readings);
    }

    private AnalyticsQuery? With(QuestionSlots slots, ShopName name)
    {
        var copy = Copy(slots);
        copy.Filters.RemoveAll(f => f.Field == name.Field);
        copy.Filters.Add(new(name.Field, QueryOperator.Eq, [name.Name]));
        return copy.Metrics.Count > 0 || copy.Intent != QueryIntent.Query ? _completion.Complete(copy) : _completion.Complete(Measured(copy, "revenue"));
    }

    private static QuestionSlots Measured(QuestionSlots slots, string metric)
    {
        slots.Metrics.Clear();
        slots.Metrics.Add(metric);
        return slots;
    }

    /// <summary>A word that stands where a name would, and is none: its nearest names are offered.</summary>
    private UnclearQuestion? UnknownName(Sentence sentence, QuestionSlots slots)
    {
        foreach (var phrase in sentence.Free(SenseKind.Unknown))
        {
            var text = sentence.Text(phrase);
            if (text.Length < 3 || !StandsForName(sentence, phrase))
                continue;

            var near = names.Nearest(text, MaxReadings);
            var readings = near.Select(name => With(slots, name)).OfType<AnalyticsQuery>().Where(IsValid).Select(Say).ToList();
            var hint = near.Count > 0 ? $" Did you mean {List(near)}?" : "";
            return new(UnclearReason.UnknownName, $"Nothing here is called '{text}'.{hint}", readings);
        }

        return null;
    }

    private static bool StandsForName(Sentence sentence, Phrase phrase)
    {
        for (var i = phrase.Start - 1; i >= 0; i--)
        {
            var text = sentence.Tokens[i].Text;
            if (text is "in" or "at" or "of" or "for" or "from" or "by" or "vs" or "versus" or "and" or "or" or "except" or "excluding" or "without" or "show" or "many" or "much")
                return true;

            if (text is not ("the" or "our" or "my" or "all") && sentence.Phrases.First(p => p.Start <= i && p.End > i).Kind != SenseKind.Unknown)
                break;
        }

        return sentence.After(phrase) is { } next && next.IsMetric && next.Start == phrase.End;
    }

    private static string List(IReadOnlyList<ShopName> found)
    {
        var shown = found.Take(MaxReadings).Select(n => $"{n.Name} ({n.Field.Replace('_', ' ')})");
        return string.Join(", ", shown) + (found.Count > MaxReadings ? $" or {found.Count - MaxReadings} more" : "");
    }

    /// <summary>Figures do not say why; where and when the change happened is the nearest answer.</summary>
    private UnclearQuestion Cause(QuestionSlots slots)
    {
        var metric = slots.Metrics.FirstOrDefault(m => catalogue.FindMetric(m)?.Kind == MetricKind.Flow) ?? "revenue";
        var readings = new List<QuestionReading>();
        foreach (var dimension in new[] { "store", "category" })
        {
            var copy = Measured(Copy(slots), metric);
            copy.Having.Clear();
            copy.Dimensions.Clear();
            copy.Dimensions.Add(dimension);
            copy.CompareWith ??= "previous";
            readings.Add(Say(_completion.Complete(copy)));
        }

        var odd = Measured(Copy(slots), metric);
        odd.Having.Clear();
        odd.Dimensions.Clear();
        odd.Intent = QueryIntent.Anomaly;
        readings.Add(Say(_completion.Complete(odd)));
        return new(UnclearReason.Cause, "Figures do not say why, but they show where and when.", [.. readings.Where(r => IsValid(r.Query))]);
    }

    private UnclearQuestion MissingMetric(QuestionSlots slots)
    {
        var readings = Suggestions(slots).Where(IsValid).Select(Say).Take(MaxReadings).ToList();
        return new(UnclearReason.MissingMetric, "Which figure do you want?", readings);
    }

    private IEnumerable<AnalyticsQuery> Suggestions(QuestionSlots slots)
    {
        foreach (var (metric, intent) in new[] { ("revenue", QueryIntent.Query), slots.Filters.Any(f => f.Field == "product") ? ("stock_on_hand", QueryIntent.Query) : ("transactions", QueryIntent.Query), ("revenue", QueryIntent.Anomaly) })
        {
            var copy = Measured(Copy(slots), metric);
            copy.Intent = intent;
            copy.Having.Clear();
            if (copy.Time is null && copy.Filters.Count == 0 && intent == QueryIntent.Query)
                (copy.Time, copy.CompareWith) = metric == "revenue" ? (Period.Day("today", calendar.Today), "week") : (calendar.Unit(PeriodUnit.Month, 0, "this_month"), "previous");

            yield return _completion.Complete(copy);
        }
    }

    /// <summary>The same question with its first metric as revenue, when that is possible at all.</summary>
    private IReadOnlyList<QuestionReading> Nearby(AnalyticsQuery query)
    {
        var plain = query with
        {
            Intent = QueryIntent.Query, Metrics = ["revenue"], Having = [], Compare = null, Limit = null, Sort = null, Grain = query.Dimensions.Contains("date") ? query.Grain : null,
            Time = query.Time.From > calendar.Today ? new("last_30_days", calendar.Today.AddDays(-30), calendar.Today.AddDays(-1)) : query.Time,
        };
        return IsValid(plain) ? [Say(plain)] : [];
    }

    private List<QuestionReading> Others(QuestionSlots slots, AnalyticsQuery query)
    {
        var found = new List<QuestionReading>();
        foreach (var metric in slots.OtherMetrics.Where(m => !query.Metrics.Contains(m)))
        {
            var other = query with { Metrics = [metric], Having = [.. query.Having.Where(h => h.Field == metric)], Sort = query.Sort is { } sort && query.Metrics.Contains(sort.By) ? sort with { By = metric } : query.Sort };
            if (IsValid(other))
                found.Add(Say(other));
        }

        return found;
    }

    private bool IsValid(AnalyticsQuery query) => validator.Problems(query).Count == 0;

    private static QuestionSlots Copy(QuestionSlots slots)
    {
        var copy = new QuestionSlots
        {
            Today = slots.Today, Intent = slots.Intent, Time = slots.Time, CompareTo = slots.CompareTo, CompareWith = slots.CompareWith, Grain = slots.Grain, Trend = slots.Trend, Grows = slots.Grows,
            Series = slots.Series, MoneyMeant = slots.MoneyMeant, SortMetric = slots.SortMetric, RankByGrowth = slots.RankByGrowth, Rank = slots.Rank, Limit = slots.Limit, Per = slots.Per, LimitAssumed = slots.LimitAssumed,
        };
        copy.Metrics.AddRange(slots.Metrics);
        copy.Dimensions.AddRange(slots.Dimensions);
        copy.Filters.AddRange(slots.Filters);
        copy.Having.AddRange(slots.Having);
        return copy;
    }
}
