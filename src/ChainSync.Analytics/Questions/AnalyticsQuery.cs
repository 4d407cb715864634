namespace ChainSync.Analytics.Questions;

/// <summary>
/// One typed question about a shop's numbers: the only form in which a question, a click or a language model reaches data.
/// It holds no text to execute: every name is looked up in a <see cref="MetricCatalogue"/> by <see cref="QueryValidator"/>,
/// and the host applies the asker's stores and role when it executes it.
/// </summary>
public sealed record AnalyticsQuery
{
    // Generated JSON code sets a list that is left out to null, so the lists turn null into empty.

    /// <summary>What is wanted of the metrics: past values, a forecast, anomalies or a recommendation.</summary>
    public QueryIntent Intent { get; init; }

    /// <summary>Catalogue names of the numbers wanted, in the order asked; at least one.</summary>
    public IReadOnlyList<string> Metrics { get; init => field = value ?? []; } = [];

    /// <summary>Catalogue names of the dimensions to group by; empty for one total.</summary>
    public IReadOnlyList<string> Dimensions { get; init => field = value ?? []; } = [];

    /// <summary>Conditions on dimensions, all of which must hold.</summary>
    public IReadOnlyList<QueryFilter> Filters { get; init => field = value ?? []; } = [];

    /// <summary>The days asked about, both ends included.</summary>
    public required QueryTime Time { get; init; }

    /// <summary>Length of one step when grouped by <c>date</c> or forecast as a series; otherwise null.</summary>
    public TimeGrain? Grain { get; init; }

    /// <summary>The range to compare with, or null.</summary>
    public QueryComparison? Compare { get; init; }

    /// <summary>Conditions on the grouped metrics, all of which must hold.</summary>
    public IReadOnlyList<QueryHaving> Having { get; init => field = value ?? []; } = [];

    /// <summary>Order of the rows, or null when the order does not matter.</summary>
    public QuerySort? Sort { get; init; }

    /// <summary>How many rows to keep, in all or per group; null for all.</summary>
    public QueryLimit? Limit { get; init; }
}
