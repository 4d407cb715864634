namespace ChainSync.Core.Pricing;

/// <summary>Cash is settled in multiples of the smallest coin. The difference is a signed line of its own and changes no price and no tax.</summary>
public static class CashRounding
{
    /// <summary>
    /// <c>round(amount ÷ increment) × increment − amount</c>: what to add to the amount so that coins can pay it. At most half an
    /// increment either way.
    /// </summary>
    /// <param name="amountMinor">The part of the total that is settled in cash, in minor units.</param>
    /// <param name="incrementMinor">The smallest coin in minor units; positive.</param>
    /// <param name="rounding">Where a half goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The increment is not positive.</exception>
    public static long Of(long amountMinor, long incrementMinor, Rounding rounding = Rounding.HalfAwayFromZero) =>
        checked((rounding.Scale(amountMinor, 1, incrementMinor) * incrementMinor) - amountMinor);
}
