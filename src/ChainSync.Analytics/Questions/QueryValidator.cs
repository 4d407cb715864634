namespace ChainSync.Analytics.Questions;

/// <summary>
/// Checks a query against a catalogue and the live names. Every query passes here before it may run, whether the parser,
/// a click or a language model made it.
/// </summary>
/// <param name="catalogue">What the host can answer.</param>
/// <param name="names">The live names of the shop.</param>
public sealed class QueryValidator(MetricCatalogue catalogue, ShopNames names)
{
    private const int MaxMetrics = 6;
    private const int MaxDimensions = 3;
    private const int MaxValues = 50;
    private const int MaxRows = 1000;

    /// <summary>Finds everything that is wrong with a query.</summary>
    /// <param name="query">The query.</param>
    /// <returns>One sentence per problem; empty when the query may run.</returns>
    public IReadOnlyList<string> Problems(AnalyticsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!IsWhole(query))
            return ["A name or a list is missing."];

        return [.. Metrics(query), .. Dimensions(query), .. Filters(query), .. Time(query), .. Having(query), .. Order(query)];
    }

    /// <summary>Whether nothing in it is null: JSON from outside may hold nulls that the types rule out.</summary>
    internal static bool IsWhole(AnalyticsQuery query) =>
        query is { Metrics: not null, Dimensions: not null, Filters: not null, Having: not null, Time: not null }
        && query.Metrics.All(m => m is not null) && query.Dimensions.All(d => d is not null)
        && query.Filters.All(f => f is { Field: not null, Values: not null } && f.Values.All(v => v is not null))
        && query.Having.All(h => h is { Field: not null }) && query.Sort is not { By: null };

    private IEnumerable<string> Metrics(AnalyticsQuery query)
    {
        if (query.Metrics.Count is 0 or > MaxMetrics)
            yield return $"A question needs 1 to {MaxMetrics} metrics.";

        if (query.Metrics.Distinct().Count() != query.Metrics.Count)
            yield return "A metric is named twice.";

        foreach (var name in query.Metrics)
        {
            if (catalogue.FindMetric(name) is not { } metric || metric.Name != name)
                yield return $"There is no metric '{name}'.";
            else if (!Fits(metric.Kind, query.Intent))
                yield return $"There is no {Noun(query.Intent)} of {metric.Label}.";
        }
    }

    private static bool Fits(MetricKind kind, QueryIntent intent) => intent switch
    {
        QueryIntent.Query or QueryIntent.Anomaly => kind is MetricKind.Flow or MetricKind.Snapshot,
        QueryIntent.Forecast => kind == MetricKind.Forecast,
        QueryIntent.Recommendation => kind == MetricKind.Recommendation,
        _ => false,
    };

    private static string Noun(QueryIntent intent) => intent switch
    {
        QueryIntent.Forecast => "forecast",
        QueryIntent.Anomaly => "anomaly search",
        QueryIntent.Recommendation => "recommendation",
        _ => "record",
    };

    private IEnumerable<string> Dimensions(AnalyticsQuery query)
    {
        if (query.Dimensions.Count > MaxDimensions || query.Dimensions.Distinct().Count() != query.Dimensions.Count)
            yield return $"A question may be grouped by at most {MaxDimensions} different dimensions.";

        foreach (var name in query.Dimensions)
        {
            if (catalogue.FindDimension(name) is null)
                yield return $"There is no dimension '{name}'.";
            else if (Blocking(query, name) is { } metric)
                yield return $"The {metric.Label} cannot be split by {catalogue.FindDimension(name)!.Label}.";
        }

        if (query.Grain is not null && query.Intent != QueryIntent.Forecast && !query.Dimensions.Contains("date"))
            yield return "A step length needs a grouping by date.";
    }

    private MetricDefinition? Blocking(AnalyticsQuery query, string dimension) => query.Metrics
        .Select(catalogue.FindMetric).OfType<MetricDefinition>()
        .FirstOrDefault(metric => !MetricCatalogue.Allows(metric, dimension, query.Intent));

    private IEnumerable<string> Filters(AnalyticsQuery query)
    {
        foreach (var filter in query.Filters)
        {
            if (catalogue.FindDimension(filter.Field) is not { } dimension || filter.Field == "date")
                yield return $"There is no filter on '{filter.Field}'.";
            else if (Blocking(query, filter.Field) is { } metric)
                yield return $"The {metric.Label} cannot be filtered by {dimension.Label}.";
            else
                foreach (var problem in Values(filter, dimension))
                    yield return problem;
        }
    }

    private IEnumerable<string> Values(QueryFilter filter, DimensionDefinition dimension)
    {
        var several = filter.Op is QueryOperator.In or QueryOperator.NotIn;
        if (!Enum.IsDefined(filter.Op) || (!dimension.IsNumeric && filter.Op is >= QueryOperator.Lt))
            yield return $"The {dimension.Label} cannot be compared that way.";

        if (several ? filter.Values.Count is 0 or > MaxValues : filter.Values.Count != 1)
            yield return $"The filter on {dimension.Label} has the wrong number of values.";

        foreach (var value in filter.Values)
            if (!(dimension.Values?.Contains(value) ?? names.Contains(filter.Field, value)))
                yield return $"There is no {dimension.Label} called '{value}'.";
    }

    private IEnumerable<string> Time(AnalyticsQuery query)
    {
        if (query.Time.From > query.Time.To)
            yield return "The range ends before it starts.";

        if (query.Compare is not { } compare)
            yield break;

        if (query.Intent != QueryIntent.Query || query.Metrics.Any(m => catalogue.FindMetric(m)?.Kind == MetricKind.Snapshot))
            yield return "Only values recorded over days can be compared with another range.";

        if (!Enum.IsDefined(compare.Kind) || compare.From > compare.To)
            yield return "The compared range ends before it starts.";
    }

    private IEnumerable<string> Having(AnalyticsQuery query)
    {
        foreach (var having in query.Having)
        {
            if (!IsMetricField(query, having.Field))
                yield return $"The condition on '{having.Field}' names no metric of the question.";

            if (!Enum.IsDefined(having.Op) || having.Op is QueryOperator.In or QueryOperator.NotIn || !double.IsFinite(having.Value))
                yield return $"The condition on '{having.Field}' is not a comparison with a number.";
        }
    }

    private IEnumerable<string> Order(AnalyticsQuery query)
    {
        if (query.Sort is { } sort && !query.Dimensions.Contains(sort.By) && !IsMetricField(query, sort.By))
            yield return $"The order by '{sort.By}' names nothing in the question.";

        if (query.Limit is not { } limit)
            yield break;

        if (limit.Count is < 1 or > MaxRows)
            yield return $"Between 1 and {MaxRows} rows can be asked for.";

        if (limit.Per is { } per && (!query.Dimensions.Contains(per) || query.Dimensions.Count < 2))
            yield return $"Rows cannot be counted per '{per}' when the question is not grouped by it and something else.";
    }

    private bool IsMetricField(AnalyticsQuery query, string field) =>
        query.Metrics.Contains(field)
        || (query.Compare is not null && catalogue.FindGrowth(field) is { } grown && query.Metrics.Contains(grown.Name));
}
