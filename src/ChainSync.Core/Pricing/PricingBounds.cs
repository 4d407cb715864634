namespace ChainSync.Core.Pricing;

/// <summary>
/// The bounds of everything that is priced; past one, pricing refuses with a message on the field. Together they keep every
/// amount under 2^53, so that the till's JavaScript computes the same numbers: see web/src/client/pricing.ts, which repeats them.
/// </summary>
public static class PricingBounds
{
    /// <summary>Most lines of one basket.</summary>
    public const int MaxLines = 1_000;

    /// <summary>Largest quantity of a line, in thousandths: a million units.</summary>
    public const long MaxQuantityMilli = 1_000_000_000;

    /// <summary>Largest price of one unit, in minor units.</summary>
    public const long MaxUnitPriceMinor = 1_000_000_000_000;

    /// <summary>Highest rate of a discount or a tax, in parts per million: 100 %.</summary>
    public const int MaxRatePpm = 1_000_000;

    /// <summary>
    /// Largest sum of a basket's gross amounts, and so of any one amount in it, in minor units. Tax on top can at most double it,
    /// so a total is at most twice this.
    /// </summary>
    public const long MaxAmountMinor = 1_000_000_000_000_000;

    /// <summary>Largest increment of cash rounding, in minor units.</summary>
    public const long MaxCashRoundingMinor = 100_000;

    /// <summary>Most payments of one sale.</summary>
    public const int MaxPayments = 100;
}
