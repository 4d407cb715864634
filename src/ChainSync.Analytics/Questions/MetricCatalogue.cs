using System.Collections.Frozen;

namespace ChainSync.Analytics.Questions;

/// <summary>
/// The metrics and dimensions a host can answer for. A query that names anything else is invalid, so the catalogue is the
/// whole surface through which questions reach data.
/// </summary>
public sealed class MetricCatalogue
{
    /// <summary>Suffix that turns a metric's name into that of its growth against the compared range, in per cent.</summary>
    public const string GrowthSuffix = "_growth_pct";

    private static readonly FrozenSet<string> SnapshotDimensions = new[] { "store", "category", "product", "supplier" }.ToFrozenSet();

    private readonly FrozenDictionary<string, MetricDefinition> _metrics;
    private readonly FrozenDictionary<string, DimensionDefinition> _dimensions;

    /// <summary>Makes a catalogue.</summary>
    /// <param name="metrics">Metrics with distinct names and aliases.</param>
    /// <param name="dimensions">Dimensions with distinct names.</param>
    /// <exception cref="ArgumentException">Two entries share a name.</exception>
    public MetricCatalogue(IEnumerable<MetricDefinition> metrics, IEnumerable<DimensionDefinition> dimensions)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(dimensions);
        Metrics = [.. metrics];
        Dimensions = [.. dimensions];
        _metrics = Metrics.SelectMany(m => m.Aliases.Prepend(m.Name), (m, name) => (name, m)).ToFrozenDictionary(p => p.name, p => p.m);
        _dimensions = Dimensions.ToFrozenDictionary(d => d.Name);
    }

    /// <summary>The metrics and dimensions of a shop as ChainSync records them.</summary>
    public static MetricCatalogue Standard { get; } = new(StandardMetrics.All, StandardDimensions.All);

    /// <summary>All metrics.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; }

    /// <summary>All dimensions.</summary>
    public IReadOnlyList<DimensionDefinition> Dimensions { get; }

    /// <summary>The same catalogue with only the metrics a host can answer.</summary>
    /// <param name="metricNames">Names to keep; unknown names are ignored.</param>
    /// <returns>A smaller catalogue.</returns>
    public MetricCatalogue Only(IEnumerable<string> metricNames)
    {
        var kept = metricNames.ToHashSet();
        return new(Metrics.Where(m => kept.Contains(m.Name)), Dimensions);
    }

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name or an alias of it.</param>
    /// <returns>The metric, or null.</returns>
    public MetricDefinition? FindMetric(string name) => _metrics.GetValueOrDefault(name);

    /// <summary>Finds a dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The dimension, or null.</returns>
    public DimensionDefinition? FindDimension(string name) => _dimensions.GetValueOrDefault(name);

    /// <summary>Finds the metric whose growth a field names.</summary>
    /// <param name="field">A field such as <c>revenue_growth_pct</c>.</param>
    /// <returns>The metric that grows, or null when the field is not a growth.</returns>
    public MetricDefinition? FindGrowth(string field) =>
        field.EndsWith(GrowthSuffix, StringComparison.Ordinal) ? FindMetric(field[..^GrowthSuffix.Length]) : null;

    /// <summary>Whether a metric can be grouped and filtered by a dimension.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="dimension">The dimension's name.</param>
    /// <param name="intent">What is wanted of the metric; only anomalies have a severity.</param>
    /// <returns>True when it can.</returns>
    public static bool Allows(MetricDefinition metric, string dimension, QueryIntent intent)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (dimension == "severity")
            return intent == QueryIntent.Anomaly;

        if (metric.Dimensions is { } own)
            return own.Contains(dimension);

        return metric.Kind switch
        {
            MetricKind.Flow => true,
            MetricKind.Forecast => SnapshotDimensions.Contains(dimension) || dimension is "date" or "day_of_week" or "hour" or "channel",
            _ => SnapshotDimensions.Contains(dimension) || (intent == QueryIntent.Anomaly && dimension == "date"),
        };
    }
}
