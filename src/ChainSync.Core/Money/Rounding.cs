namespace ChainSync.Core;

/// <summary>Where a value exactly half-way between two integers goes. Every other value goes to the nearer one.</summary>
public enum Rounding
{
    /// <summary>Away from zero: 2.5 → 3, −2.5 → −3. What most tax offices and customers expect, and the default.</summary>
    HalfAwayFromZero = 0,

    /// <summary>To the even neighbour, as bankers do: 2.5 → 2, 3.5 → 4. Free of bias over many amounts.</summary>
    HalfEven = 1,
}

/// <summary>The one place where an amount is rounded.</summary>
public static class RoundingRules
{
    /// <summary>
    /// <c>round(value × numerator ÷ denominator)</c>. The product is exact (128 bits), so nothing is lost before the one rounding.
    /// Both modes are symmetric: the answer for −value is the negative of the answer for value.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not positive, or the mode is not one of the two.</exception>
    /// <exception cref="OverflowException">The answer does not fit a <see cref="long"/>.</exception>
    public static long Scale(this Rounding rounding, long value, long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)value * numerator;
        var (quotient, remainder) = Int128.DivRem(product, denominator); // towards zero; the remainder has the product's sign
        var pastHalf = (2 * Int128.Abs(remainder)).CompareTo(denominator);
        var goesAway = pastHalf > 0 || (pastHalf == 0 && rounding.HalfGoesAway(quotient));
        return checked((long)(goesAway ? quotient + Int128.Sign(product) : quotient));
    }

    private static bool HalfGoesAway(this Rounding rounding, Int128 towardsZero) => rounding switch
    {
        Rounding.HalfAwayFromZero => true,
        Rounding.HalfEven => Int128.IsOddInteger(towardsZero),
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "Unknown rounding mode."),
    };
}
