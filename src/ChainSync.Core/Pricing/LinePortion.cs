namespace ChainSync.Core.Pricing;

/// <summary>So much of a sold line, with its money: as sold, or as refunded up to now.</summary>
/// <param name="QuantityMilli">Thousandths of a unit; not negative.</param>
/// <param name="TotalMinor">Minor units, tax included; not negative.</param>
/// <param name="TaxMinor">The tax in the total, in minor units; from zero to the total.</param>
public readonly record struct LinePortion(long QuantityMilli, long TotalMinor, long TaxMinor)
{
    /// <summary>Both portions together.</summary>
    public static LinePortion operator +(LinePortion left, LinePortion right) => checked(new(
        left.QuantityMilli + right.QuantityMilli, left.TotalMinor + right.TotalMinor, left.TaxMinor + right.TaxMinor));
}
