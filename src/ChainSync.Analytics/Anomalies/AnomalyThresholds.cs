namespace ChainSync.Analytics.Anomalies;

/// <summary>Surprise, in standard deviations of a normal variable, from which each test flags a period.</summary>
/// <param name="Point">A single period. &gt; 0; infinity switches the test off.</param>
/// <param name="Shift">The sum of one or two weeks, on three periods in a row.</param>
/// <param name="Silence">A run of periods without a sale.</param>
public sealed record AnomalyThresholds(double Point, double Shift, double Silence);
