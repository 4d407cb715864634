namespace ChainSync.Analytics.Questions;

/// <summary>One way to group or filter a shop's numbers.</summary>
/// <param name="Name">Stable name in queries, snake case.</param>
/// <param name="Label">Name shown to people, lower case singular.</param>
/// <param name="Words">Phrases that mean it, lower case singular.</param>
public sealed record DimensionDefinition(string Name, string Label, IReadOnlyList<string> Words)
{
    /// <summary>The only values it has, or null when the host hands in the live names.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>True when its values are whole numbers and may be compared by order.</summary>
    public bool IsNumeric { get; init; }
}
