namespace ChainSync.Analytics.Insights;

/// <summary>A claim about the shop with its evidence, worth and remedy. Immutable.</summary>
/// <param name="Key">Identity: kind and subject, stable from run to run.</param>
/// <param name="Category">Family it is listed in.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="StakeMinor">Money at stake, minor units, rounded to the nearest; ≥ 0.</param>
/// <param name="ShareOfRevenue">The stake as a share of the store's revenue of the same number of days; ≥ 0.</param>
/// <param name="Title">One line in plain English.</param>
/// <param name="Explanation">Two or three sentences in plain English, every number taken from the evidence.</param>
/// <param name="Finding">Kind, subject, evidence and action.</param>
public sealed record Insight(
    string Key,
    InsightCategory Category,
    InsightSeverity Severity,
    long StakeMinor,
    double ShareOfRevenue,
    string Title,
    string Explanation,
    Finding Finding);
