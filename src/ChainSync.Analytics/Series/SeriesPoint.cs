namespace ChainSync.Analytics.Series;

/// <summary>One observation.</summary>
/// <param name="Time">Local start of the period.</param>
/// <param name="Value">What was measured in it (units, or money in major units).</param>
public readonly record struct SeriesPoint(DateTime Time, double Value);
