namespace ChainSync.Core.Pricing;

/// <summary>The sums of the lines of one tax rate, in minor units.</summary>
/// <param name="RatePpm">The rate in parts per million.</param>
/// <param name="NetMinor">Σ (total − tax).</param>
/// <param name="TaxMinor">Σ tax.</param>
/// <param name="GrossMinor">Net + tax, which is Σ line totals.</param>
public sealed record TaxTotal(int RatePpm, long NetMinor, long TaxMinor, long GrossMinor);
