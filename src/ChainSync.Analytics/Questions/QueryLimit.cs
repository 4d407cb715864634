namespace ChainSync.Analytics.Questions;

/// <summary>How many rows of an answer to keep.</summary>
/// <param name="Count">Rows to keep, 1 to 1,000.</param>
/// <param name="Per">A dimension of the query within whose every member the rows are counted; null for the whole answer.</param>
public sealed record QueryLimit(int Count, string? Per = null);
