using ChainSync.Analytics.Questions.Slots;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions;

/// <summary>Makes the readings a question can be answered with by a click; every one is valid.</summary>
internal sealed class Suggestions(MetricCatalogue catalogue, QueryValidator validator, QueryWords words, Calendar calendar)
{
    /// <summary>Most readings offered at once.</summary>
    public const int Most = 3;

    private readonly Completion _completion = new(catalogue, calendar);

    /// <summary>The question once per name that was meant or is near.</summary>
    public IReadOnlyList<QuestionReading> Named(QuestionSlots slots, IReadOnlyList<ShopName> names) => Valid(names.Take(Most).Select(name =>
    {
        var copy = slots.Copy();
        copy.Filters.RemoveAll(f => f.Field == name.Field);
        copy.Filters.Add(new(name.Field, QueryOperator.Eq, [name.Name]));
        return _completion.Complete(copy);
    }));

    /// <summary>Where and when a figure changed, the nearest answer to why.</summary>
    public IReadOnlyList<QuestionReading> WhereAndWhen(QuestionSlots slots)
    {
        var metric = slots.Metrics.FirstOrDefault(m => catalogue.FindMetric(m)?.Kind == MetricKind.Flow) ?? "revenue";
        var anomalies = Of(slots, metric);
        anomalies.Intent = QueryIntent.Anomaly;
        anomalies.Dimensions.Clear();
        return Valid([Changes("store"), Changes("category"), _completion.Complete(anomalies)]);

        AnalyticsQuery Changes(string dimension)
        {
            var copy = Of(slots, metric);
            copy.Dimensions.Clear();
            copy.Dimensions.Add(dimension);
            copy.CompareWith ??= "previous";
            return _completion.Complete(copy);
        }
    }

    /// <summary>The figures asked for most, over what the question did say.</summary>
    public IReadOnlyList<QuestionReading> Figures(QuestionSlots slots)
    {
        var second = slots.Filters.Any(f => f.Field == "product") ? "stock_on_hand" : "transactions";
        var bare = slots.Time is null && slots.Filters.Count == 0 && slots.Dimensions.Count == 0;
        var revenue = Of(slots, "revenue");
        var other = Of(slots, second);
        if (bare)
        {
            (revenue.Time, revenue.CompareWith) = (Period.Day("today", calendar.Today), "week");
            (other.Time, other.CompareWith) = (calendar.Unit(PeriodUnit.Month, 0, "this_month"), "previous");
        }

        var anomalies = Of(slots, "revenue");
        anomalies.Intent = QueryIntent.Anomaly;
        return Valid([_completion.Complete(revenue), _completion.Complete(other), _completion.Complete(anomalies)]);
    }

    /// <summary>The question as plain recorded revenue, when that is possible at all.</summary>
    public IReadOnlyList<QuestionReading> Plainer(AnalyticsQuery query) => Valid(
    [
        query with
        {
            Intent = QueryIntent.Query,
            Metrics = ["revenue"],
            Having = [],
            Compare = null,
            Limit = null,
            Sort = null,
            Grain = query.Dimensions.Contains("date") ? query.Grain : null,
            Time = query.Time.From > calendar.Today ? Recent() : query.Time,
        },
    ]);

    /// <summary>The same query of the other metrics that its words could mean.</summary>
    public IReadOnlyList<QuestionReading> OtherMetrics(QuestionSlots slots, AnalyticsQuery query) => Valid(
        slots.OtherMetrics.Where(metric => !query.Metrics.Contains(metric)).Select(metric => query with
        {
            Metrics = [metric],
            Having = [.. query.Having.Where(h => h.Field == metric)],
            Sort = query.Sort is { } sort && query.Metrics.Contains(sort.By) ? sort with { By = metric } : query.Sort,
        }));

    private static QuestionSlots Of(QuestionSlots slots, string metric)
    {
        var copy = slots.Copy();
        copy.Intent = QueryIntent.Query;
        copy.Metrics.Clear();
        copy.Metrics.Add(metric);
        copy.Having.Clear();
        return copy;
    }

    private QueryTime Recent()
    {
        var days = calendar.Last(PeriodUnit.Day, calendar.Options.DefaultDays);
        return new(days.Token, days.From, days.To);
    }

    private List<QuestionReading> Valid(IEnumerable<AnalyticsQuery> queries) =>
        [.. queries.Where(query => validator.Problems(query).Count == 0).Select(query => new QuestionReading(words.Say(query), query)).Take(Most)];
}
