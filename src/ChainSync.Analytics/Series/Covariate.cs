namespace ChainSync.Analytics.Series;

/// <summary>One known-in-advance column.</summary>
/// <param name="Name">Unique in its set.</param>
/// <param name="Kind">How to treat it.</param>
/// <param name="Values">One finite number per period, history and future.</param>
public sealed record Covariate(string Name, CovariateKind Kind, ReadOnlyMemory<double> Values);
