namespace ChainSync.Analytics.Questions;

/// <summary>One number a shop can be asked for.</summary>
/// <param name="Name">Stable name in queries, snake case.</param>
/// <param name="Label">Name shown to people, lower case; also understood in questions.</param>
/// <param name="Unit">Unit in which values are stated and compared.</param>
/// <param name="Kind">How it relates to time.</param>
/// <param name="Meaning">What exactly is counted, in one phrase.</param>
public sealed record MetricDefinition(string Name, string Label, MetricUnit Unit, MetricKind Kind, string Meaning)
{
    /// <summary>Other phrases that mean this metric, lower case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Other names under which queries may state it, snake case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Dimensions it can be grouped and filtered by; null for those usual for its kind.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <summary>Name of the metric that forecasts this one, or null when none does.</summary>
    public string? ForecastAs { get; init; }

    /// <summary>Name of the metric that gives each member's share of this one, or null when shares make no sense.</summary>
    public string? ShareAs { get; init; }

    /// <summary>True when a small value is the good one, as for returns.</summary>
    public bool LowerIsBetter { get; init; }
}
