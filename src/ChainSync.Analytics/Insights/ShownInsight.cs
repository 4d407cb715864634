namespace ChainSync.Analytics.Insights;

/// <summary>That an insight was shown.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Day">When.</param>
/// <param name="Severity">How severe it was.</param>
/// <param name="State">Its <see cref="Finding.State"/>.</param>
public sealed record ShownInsight(string Key, DateOnly Day, InsightSeverity Severity, string State);
