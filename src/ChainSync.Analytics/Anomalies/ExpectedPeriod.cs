namespace ChainSync.Analytics.Anomalies;

/// <summary>What a detector expects of a period that has not been seen.</summary>
/// <param name="Time">Local start of the period.</param>
/// <param name="Expected">In the series' unit; 0 when closed.</param>
/// <param name="Lower">Values from here to <paramref name="Upper"/> raise no alert by themselves.</param>
/// <param name="Upper">Upper end of the band.</param>
public readonly record struct ExpectedPeriod(DateTime Time, double Expected, double Lower, double Upper);
