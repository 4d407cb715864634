namespace ChainSync.Analytics.Questions;

/// <summary>The range a query is compared with.</summary>
/// <param name="Kind">How the range follows from the asked one.</param>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
public sealed record QueryComparison(ComparisonKind Kind, DateOnly From, DateOnly To);
