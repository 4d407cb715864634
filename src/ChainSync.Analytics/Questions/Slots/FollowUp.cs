using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads a question as a change to the last query: what it states replaces, the rest stays.</summary>
internal sealed class FollowUp(MetricCatalogue catalogue, Calendar calendar)
{
    /// <summary>Whether a question only makes sense as a change: it opens like one, points back, or names no number.</summary>
    public static bool Is(Sentence sentence, QuestionSlots slots)
    {
        var first = sentence.Phrases.FirstOrDefault(p => p.Kind != SenseKind.Stop);
        if (first?.Kind is SenseKind.And or SenseKind.Follow or SenseKind.Or || slots.Follow is "same" or "instead" or "what" or "only" or "drop")
            return true;

        var complete = slots.Metrics.Count > 0 && (!slots.MetricAssumed || slots.Time is not null);
        // "profit", "as a percentage": one figure, and nothing else.
        return !complete || (sentence.Phrases.Count(p => p.Kind != SenseKind.Stop) == 1 && sentence.Phrases.Any(p => p.IsMetric || p.Is(SenseKind.Quantity, "share")))
            || sentence.Has(SenseKind.Pronoun) && slots.Dimensions.Count == 0 && slots.Time is null;
    }

    /// <summary>The slots of the changed query, to be completed and checked like those of a new question.</summary>
    public QuestionSlots Apply(AnalyticsQuery last, Sentence sentence, QuestionSlots change)
    {
        Shift(last, sentence, change);
        var merged = new QuestionSlots
        {
            Today = change.Today,
            Intent = change.Intent != QueryIntent.Query ? change.Intent : last.Intent,
            Time = change.Time ?? Time(last),
            CompareTo = change.CompareTo,
            CompareWith = change.CompareWith ?? (change.CompareTo is null ? With(last) : null),
            Grain = change.Grain ?? (change.Dimensions.Count == 0 ? last.Grain : null),
            Grows = change.Grows,
            RankByGrowth = change.RankByGrowth,
            Series = change.Series || last is { Intent: QueryIntent.Forecast, Grain: not null },
            MoneyMeant = change.MoneyMeant || last.Metrics.Contains("forecast_revenue"),
            Follow = change.Follow,
        };
        Metrics(merged, last, change);
        Replace(merged.Dimensions, Dimensions(last, change));
        merged.Filters.AddRange(Filters(last, change));
        merged.Having.AddRange(change.Having.Count > 0 || change.Metrics.Count > 0 ? change.Having : last.Having);
        Order(merged, last, change);
        merged.Assumptions.AddRange(change.Assumptions);
        merged.Ambiguous.AddRange(change.Ambiguous);
        return merged;
    }

    /// <summary>"and the month before?" moves the range; only "compared with the month before" compares.</summary>
    private void Shift(AnalyticsQuery last, Sentence sentence, QuestionSlots change)
    {
        if (change.Time is { Token: "now" } && !change.Metrics.Any(IsSnapshot))
            change.Time = null;

        // After "revenue last week", "and the previous week?" is the one before that.
        if (change.Time is { } said && (said.From, said.To) == (last.Time.From, last.Time.To) && sentence.HasWord("previous", "prior", "preceding"))
            change.Time = calendar.Previous(said);

        if (change.CompareWith is null || change.Time is not null || sentence.Compares || change.Grows || sentence.HasWord("on", "over", "yoy", "mom", "wow", "qoq", "same"))
            return;

        var time = Time(last);
        change.Time = change.CompareWith switch
        {
            "previous" => calendar.Previous(time),
            "year" => Calendar.LastYear(time),
            "next" when time.From == calendar.StartOf(time.Unit, time.From) => Calendar.Unit(time.Unit, time.To.AddDays(1), "range"),
            "next" => time with { Token = "range", From = time.To.AddDays(1), To = time.To.AddDays(time.Days) },
            _ => null,
        };
        if (change.Time is not null)
            change.CompareWith = null;
    }

    private bool IsSnapshot(string metric) => catalogue.FindMetric(metric)?.Kind == MetricKind.Snapshot;

    private void Metrics(QuestionSlots merged, AnalyticsQuery last, QuestionSlots change)
    {
        var before = last.Metrics.Select(Recorded);
        var states = change.Metrics.Count > 0 && !change.MetricAssumed;
        // "as a percentage" turns the figure there is into its share.
        if (change.Metrics is ["revenue_share"] && before.ToList() is [var only] && only != "revenue" && catalogue.FindMetric(only)?.ShareAs is { } shared)
            change.Metrics[0] = shared;
        if (change.Follow == "add")
            Replace(merged.Metrics, before.Concat(change.Metrics));
        else
            Replace(merged.Metrics, states ? change.Metrics : merged.Intent == last.Intent ? last.Metrics : before);

        // "and last month?" after a forecast asks for what was recorded.
        var asks = change.Time is { } time && time.To <= calendar.Today && time.Ahead is null;
        if (merged.Intent == QueryIntent.Forecast && asks)
        {
            merged.Intent = QueryIntent.Query;
            Replace(merged.Metrics, merged.Metrics.Select(Recorded).ToList());
        }

        if (change.Intent == QueryIntent.Query && change.Metrics.Count > 0 && last.Intent is QueryIntent.Recommendation or QueryIntent.Forecast && !asks)
            merged.Intent = change.Time is null && last.Intent == QueryIntent.Forecast ? QueryIntent.Forecast : QueryIntent.Query;

        if (merged.Metrics.All(IsSnapshot) && change.Time is null && merged.Intent == QueryIntent.Query)
            merged.Time = null;
    }

    private string Recorded(string metric) => catalogue.Metrics.FirstOrDefault(m => m.ForecastAs == metric)?.Name ?? metric;

    private static IEnumerable<string> Dimensions(AnalyticsQuery last, QuestionSlots change)
    {
        if (change.Dimensions.Count == 0)
            return last.Dimensions;

        return change.Follow == "add" ? last.Dimensions.Concat(change.Dimensions) : change.Dimensions;
    }

    private static IEnumerable<QueryFilter> Filters(AnalyticsQuery last, QuestionSlots change)
    {
        var dropped = change.Follow == "drop" ? change.Filters.Select(f => f.Field).ToHashSet() : [];
        var replaced = change.Filters.Select(f => f.Field).Concat(change.Unfiltered).Concat(dropped).ToHashSet();
        var kept = last.Filters.Where(f => !replaced.Contains(f.Field) && !(f.Op == QueryOperator.Eq && change.Dimensions.Contains(f.Field)));
        if (change.Follow == "drop" && !last.Filters.Any(f => dropped.Contains(f.Field)))
            return kept.Concat(change.Filters.Select(f => FilterReader.Filter(f.Field, f.Values, outside: true)));

        return change.Follow == "drop" ? kept : kept.Concat(change.Filters);
    }

    private static void Order(QuestionSlots merged, AnalyticsQuery last, QuestionSlots change)
    {
        var byMetric = last.Sort is { } sort && !last.Dimensions.Contains(sort.By) && !merged.Dimensions.Contains("date");
        var ranked = byMetric && (last.Limit is not null || !last.Sort!.Descending);
        merged.Rank = change.Rank ?? (ranked ? last.Sort!.Descending ? "top" : "bottom" : null);
        merged.Limit = change.Limit ?? (change.LimitAssumed ? null : last.Limit?.Count);
        merged.LimitAssumed = change.LimitAssumed;
        merged.Per = change.Per ?? (change.Dimensions.Count == 0 ? last.Limit?.Per : null);
        var growth = last.Sort?.By.EndsWith(MetricCatalogue.GrowthSuffix, StringComparison.Ordinal) == true;
        merged.RankByGrowth = change.RankByGrowth || (growth && change.Metrics.Count == 0);
        if (change.Dimensions.Count > 0 && change.Limit is null && change.Rank is null && !change.Dimensions.SequenceEqual(last.Dimensions))
            (merged.Limit, merged.Rank) = (last.Limit is { Per: null } ? last.Limit.Count : null, merged.Rank);
    }

    /// <summary>The last range, with the unit it was stated in when it is one, so that "the one before" stays right.</summary>
    private Period Time(AnalyticsQuery last)
    {
        var time = last.Time;
        var whole = new[] { PeriodUnit.Year, PeriodUnit.Quarter, PeriodUnit.Month, PeriodUnit.Week }
            .Where(unit => calendar.StartOf(unit, time.From) == time.From)
            .Select(unit => Calendar.Unit(unit, time.From, time.Token))
            .FirstOrDefault(p => p.To == time.To || (time.To == calendar.Today && time.Token == Calendar.Name("this", p.Unit, 1)));
        return whole ?? new(time.Token, time.From, time.To, PeriodUnit.Day, time.To.DayNumber - time.From.DayNumber + 1);
    }

    private static string? With(AnalyticsQuery last) => last.Compare?.Kind switch
    {
        ComparisonKind.PreviousPeriod => "previous",
        ComparisonKind.SamePeriodLastYear => "year",
        _ => null,
    };

    private static void Replace(List<string> list, IEnumerable<string> with)
    {
        var distinct = with.Distinct().ToList();
        list.Clear();
        list.AddRange(distinct);
    }
}
