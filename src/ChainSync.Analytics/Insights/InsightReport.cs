namespace ChainSync.Analytics.Insights;

/// <summary>The answer of a run.</summary>
/// <param name="Insights">Most important first.</param>
/// <param name="History">To be handed to the next run.</param>
public sealed record InsightReport(IReadOnlyList<Insight> Insights, InsightHistory History);
