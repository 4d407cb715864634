namespace ChainSync.Analytics.Insights;

/// <summary>One named number of an <see cref="Evidence"/>.</summary>
/// <param name="Name">Unique in its evidence; money ends in <c>Minor</c>, shares are 0 … 1, times are days since 0001-01-01 where the name ends in <c>Day</c>.</param>
/// <param name="Value">Finite.</param>
public readonly record struct EvidenceNumber(string Name, double Value);
