namespace ChainSync.Core;

/// <summary>
/// Spreads an amount in proportion to weights so that the parts sum to it exactly: the largest remainder method
/// (A. Hamilton, 1792; Balinski and Young, "Fair Representation", 1982).
/// </summary>
public static class LargestRemainder
{
    /// <summary>
    /// Each part is first <c>⌊|amount| × weight ÷ Σ weights⌋</c>; the units left over (fewer than there are parts) go one each to
    /// the parts with the largest remainders, among equal remainders to the earlier part. The sign is put back last, so the
    /// spread of −amount is the negative of the spread of amount. No part differs from its exact share by a whole unit.
    /// </summary>
    /// <param name="amount">What to spread, in minor units; any sign.</param>
    /// <param name="weights">Not negative. A part of weight zero gets nothing. All may be zero only if there is nothing to spread.</param>
    /// <exception cref="ArgumentException">A weight is negative, or all weights are zero and the amount is not.</exception>
    public static long[] Spread(long amount, ReadOnlySpan<long> weights)
    {
        var whole = Sum(weights);
        var parts = new long[weights.Length];
        if (amount == 0) return parts;
        if (whole == 0) throw new ArgumentException("An amount cannot be spread over no weight.", nameof(weights));

        var size = Int128.Abs(amount);
        var sign = Math.Sign(amount);
        var remainders = new Int128[weights.Length];
        var left = size;
        for (var i = 0; i < parts.Length; i++)
        {
            (var share, remainders[i]) = Int128.DivRem(size * weights[i], whole);
            parts[i] = checked((long)(sign * share));
            left -= share;
        }

        foreach (var i in ByRemainder(remainders).Take((int)left)) parts[i] = checked(parts[i] + sign);
        return parts;
    }

    private static Int128 Sum(ReadOnlySpan<long> weights)
    {
        var whole = Int128.Zero;
        foreach (var weight in weights)
        {
            if (weight < 0) throw new ArgumentException("A weight must not be negative.", nameof(weights));
            whole += weight;
        }

        return whole;
    }

    // OrderBy is stable: equal remainders keep their order.
    private static IEnumerable<int> ByRemainder(Int128[] remainders) =>
        Enumerable.Range(0, remainders.Length).OrderByDescending(i => remainders[i]);
}
