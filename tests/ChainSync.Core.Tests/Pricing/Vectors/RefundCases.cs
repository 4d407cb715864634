using ChainSync.Core.Pricing;

namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>Draws sold lines and ways of giving them back piece by piece.</summary>
internal static class RefundCases
{
    /// <summary>A line as sold; its tax is a real rate's.</summary>
    public static LinePortion DrawSold(SplitMix64 random)
    {
        var quantity = random.Chance(70) ? 1_000 * random.Between(1, 24) : random.Between(1, 5_000);
        var total = random.Chance(10) ? random.Between(0, 3) : random.Magnitude(10_000_000);
        var rate = random.Pick(0L, 50_000, 70_000, 88_750, 190_000, 250_000, 1_000_000);
        return new LinePortion(quantity, total, total - Rounding.HalfAwayFromZero.Scale(total, 1_000_000, 1_000_000 + rate));
    }

    /// <summary>Quantities that sum to the whole, in random pieces; whole units where the line was sold in whole units.</summary>
    public static IEnumerable<long> DrawSplit(SplitMix64 random, long quantityMilli)
    {
        var step = quantityMilli % 1_000 == 0 ? 1_000 : 1;
        for (var left = quantityMilli; left > 0;)
        {
            var piece = random.Chance(15) ? left : Math.Min(left, step * random.Between(1, Math.Max(1, left / step / 2)));
            left -= piece;
            yield return piece;
        }
    }

    /// <summary>The refunds of those pieces, one after another.</summary>
    public static List<LinePortion> Refund(LinePortion sold, IEnumerable<long> split, Rounding rounding)
    {
        var refunds = new List<LinePortion>();
        var before = default(LinePortion);
        foreach (var quantity in split)
        {
            var refund = RefundPricer.Price(sold, before, quantity, rounding).Value;
            refunds.Add(refund);
            before += refund;
        }

        return refunds;
    }
}
