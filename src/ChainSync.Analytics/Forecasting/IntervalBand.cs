namespace ChainSync.Analytics.Forecasting;

/// <summary>A prediction interval per period.</summary>
/// <param name="Level">Share of outcomes it is meant to hold, in (0, 1): 0.80, 0.95.</param>
/// <param name="Lower">Lower ends.</param>
/// <param name="Upper">Upper ends.</param>
public sealed record IntervalBand(double Level, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
