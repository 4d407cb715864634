using System.Globalization;
using System.Text;

namespace ChainSync.Analytics.Questions;

/// <summary>
/// Says a query in English. The sentence is made from the query alone, so what people read is what runs; asked as a
/// question of its own, it gives the same query again.
/// </summary>
/// <param name="catalogue">Labels of metrics and dimensions.</param>
public sealed class QueryWords(MetricCatalogue catalogue)
{
    /// <summary>The whole query as one sentence without a full stop.</summary>
    /// <param name="query">A valid query.</param>
    /// <returns>For example "Revenue by store, last month (1 Feb 2026 to 28 Feb 2026), compared with the previous period".</returns>
    public string Say(AnalyticsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var text = new StringBuilder();
        text.Append(query.Intent switch
        {
            QueryIntent.Anomaly => "anomalies in ",
            QueryIntent.Recommendation => "recommended ",
            _ => "",
        });
        text.AppendJoin(" and ", query.Metrics.Select(Label));
        Groups(text, query);
        foreach (var filter in query.Filters)
            text.Append(", ").Append(Filter(filter));

        foreach (var having in query.Having)
            text.Append(", ").Append(Label(having.Field)).Append(' ').Append(Sign(having.Op)).Append(' ').Append(Value(having));

        text.Append(", ").Append(Range(query.Time.From, query.Time.To));
        Comparison(text, query);
        Order(text, query);
        return char.ToUpperInvariant(text[0]) + text.ToString(1, text.Length - 1);
    }

    private void Groups(StringBuilder text, AnalyticsQuery query)
    {
        var groups = query.Dimensions.Select(d => d == "date" && query.Grain is { } grain ? grain.ToString().ToLowerInvariant() : Dimension(d)).ToList();
        if (query.Intent == QueryIntent.Forecast && query.Grain is { } step && !query.Dimensions.Contains("date"))
            text.Append(CultureInfo.InvariantCulture, $" as a {step.ToString().ToLowerInvariant()} series");

        if (groups.Count > 0)
            text.Append(" by ").AppendJoin(" and ", groups);
    }

    private string Filter(QueryFilter filter)
    {
        var values = string.Join(filter.Op == QueryOperator.NotIn ? " and " : " or ", filter.Values);
        return filter.Op switch
        {
            QueryOperator.Ne or QueryOperator.NotIn => $"{Dimension(filter.Field)} not {values}",
            QueryOperator.Eq or QueryOperator.In => $"{Dimension(filter.Field)} {values}",
            _ => $"{Dimension(filter.Field)} {Sign(filter.Op)} {values}",
        };
    }

    private string Value(QueryHaving having)
    {
        var number = having.Value.ToString("0.##", CultureInfo.InvariantCulture);
        var percent = having.Field.EndsWith(MetricCatalogue.GrowthSuffix, StringComparison.Ordinal) || catalogue.FindMetric(having.Field)?.Unit == MetricUnit.Percent;
        return percent ? number + " %" : number;
    }

    private static string Sign(QueryOperator op) => op switch
    {
        QueryOperator.Lt => "below",
        QueryOperator.Lte => "at most",
        QueryOperator.Gt => "above",
        QueryOperator.Gte => "at least",
        QueryOperator.Ne => "not",
        _ => "exactly",
    };

    private static string Range(DateOnly from, DateOnly to) => from == to ? $"on {Day(from)}" : $"from {Day(from)} to {Day(to)}";

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static void Comparison(StringBuilder text, AnalyticsQuery query)
    {
        if (query.Compare is not { } compare)
            return;

        var kind = compare.Kind switch
        {
            ComparisonKind.PreviousPeriod => "the previous period",
            ComparisonKind.SamePeriodLastYear => "the same period last year",
            _ => "another period",
        };
        text.Append(CultureInfo.InvariantCulture, $", compared with {kind} ({Range(compare.From, compare.To)})");
    }

    private void Order(StringBuilder text, AnalyticsQuery query)
    {
        if (query.Limit is { } limit)
        {
            text.Append(query.Sort?.Descending == false ? ", bottom " : ", top ").Append(limit.Count);
            if (limit.Per is { } per)
                text.Append(" in each ").Append(Dimension(per));
        }

        if (query.Sort is { } sort && !query.Dimensions.Contains(sort.By))
            text.Append(CultureInfo.InvariantCulture, $", {(sort.Descending ? "highest" : "lowest")} {Label(sort.By)} first");
    }

    private string Label(string field) =>
        catalogue.FindMetric(field)?.Label ?? (catalogue.FindGrowth(field) is { } grown ? grown.Label + " growth" : field);

    private string Dimension(string name) => catalogue.FindDimension(name)?.Label ?? name;
}
