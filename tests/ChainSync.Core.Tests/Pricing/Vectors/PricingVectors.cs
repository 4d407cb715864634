using System.IO.Compression;
using ChainSync.Core.Pricing;

namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>
/// The golden cases of tests/vectors/pricing.jsonl.gz. Each case has a seed of its own, its number, so a change to one kind
/// leaves the others as they were.
/// </summary>
internal static class PricingVectors
{
    private static readonly Rounding[] Modes = [Rounding.HalfAwayFromZero, Rounding.HalfEven];

    public static string File { get; } = Path.Combine(Root(), "tests", "vectors", "pricing.jsonl.gz");

    public static IEnumerable<string> Generate() =>
    [
        .. Cases(0, 6_500, BasketCases.Draw).Select(BasketCase),
        .. Cases(10_000, 60, BasketCases.AtTheBound).Select(BasketCase),
        .. Cases(20_000, 340, BasketCases.DrawOutOfBounds).Select(BasketCase),
        .. Cases(30_000, 1_600, RefundCase),
        .. Cases(40_000, 800, random => SettlementCase(random, SettlementCases.Draw)),
        .. Cases(50_000, 400, random => SettlementCase(random, SettlementCases.DrawWrong)),
        .. Cases(60_000, 600, SpreadCase),
        .. Cases(70_000, 900, ScaleCase),
    ];

    public static IEnumerable<string> Read()
    {
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }

    public static void Write(IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using var writer = new StreamWriter(new GZipStream(System.IO.File.Create(File), CompressionLevel.SmallestSize)) { NewLine = "\n" };
        foreach (var line in lines) writer.WriteLine(line);
    }

    private static IEnumerable<T> Cases<T>(ulong firstSeed, int count, Func<SplitMix64, T> draw) =>
        Enumerable.Range(0, count).Select(i => draw(new SplitMix64(firstSeed + (ulong)i)));

    private static string BasketCase(Basket basket) => VectorWriter.Line("basket", writer =>
    {
        writer.Basket(basket);
        if (!BasketPricer.Price(basket).TryGet(out var priced, out var rejection)) writer.Rejection(rejection);
        else writer.Priced(priced).Number("cashRoundingOfTotalMinor", basket.CashRoundingOf(priced.TotalMinor));
    });

    private static string RefundCase(SplitMix64 random)
    {
        var sold = RefundCases.DrawSold(random);
        var mode = random.Pick(Modes);
        var refunds = RefundCases.Refund(sold, RefundCases.DrawSplit(random, sold.QuantityMilli).Take(12), mode);
        var beyond = sold.QuantityMilli - refunds.Sum(refund => refund.QuantityMilli) + random.Pick(1, 1_000);
        var refusal = RefundPricer.Price(sold, refunds.Aggregate((sum, refund) => sum + refund), beyond, mode).Rejection;
        return VectorWriter.Line("refund", writer =>
            writer.Mode(mode).Portions("sold", [sold]).Portions("refunds", refunds).Number("beyondMilli", beyond).Rejection(refusal));
    }

    private static string SettlementCase(SplitMix64 random, Func<SplitMix64, long, Settlement> draw)
    {
        var increment = random.Pick(1L, 5, 5, 10, 100);
        var settlement = draw(random, increment);
        return VectorWriter.Line("settlement", writer => writer
            .Number("incrementMinor", increment)
            .Settlement(settlement)
            .Rejection(PaymentRules.Check(settlement, increment)));
    }

    private static string SpreadCase(SplitMix64 random)
    {
        var weights = Enumerable.Range(0, (int)random.Between(1, 12)).Select(_ => random.Chance(15) ? 0 : random.Magnitude(1_000_000_000)).ToArray();
        weights[0]++; // never all zero
        var amount = random.Pick(1, -1) * random.Magnitude(9_007_199_254_740_991);
        return VectorWriter.Line("spread", writer => writer
            .Number("amountMinor", amount).Numbers("weights", weights).Numbers("parts", LargestRemainder.Spread(amount, weights)));
    }

    // Half of the cases lie exactly on a half, where the modes differ.
    private static string ScaleCase(SplitMix64 random)
    {
        var mode = random.Pick(Modes);
        var sign = random.Pick(1, -1);
        var half = random.Magnitude(100_000_000_000);
        var (value, numerator, denominator) = random.Chance(50)
            ? ((2 * half) + 1, 500_000L, 1_000_000L)
            : (random.Magnitude(10_000_000_000), random.Magnitude(1_000_000), random.Pick(3L, 7, 1_000, 1_000_000, 1_088_750, 1_190_000));
        return VectorWriter.Line("scale", writer => writer
            .Mode(mode)
            .Number("value", sign * value).Number("numerator", numerator).Number("denominator", denominator)
            .Number("result", mode.Scale(sign * value, numerator, denominator)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "ChainSync.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
