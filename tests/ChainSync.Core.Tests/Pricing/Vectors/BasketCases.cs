using ChainSync.Core.Pricing;

namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>Draws baskets that lie near the edges: halves, zeros, whole discounts, weighed goods, many lines, bounds.</summary>
internal static class BasketCases
{
    // Germany, France, Switzerland, the United Kingdom, New York.
    private static readonly int[] TaxRates = [0, 70_000, 190_000, 55_000, 200_000, 26_000, 81_000, 88_750];

    private static readonly int[] OddTaxRates = [1, 100_000, 333_333, 999_999, 1_000_000];

    private static readonly string[] Currencies = ["EUR", "GBP", "USD", "CHF", "JPY", "KRW", "KWD", "TND"];

    /// <summary>A basket within every bound.</summary>
    public static Basket Draw(SplitMix64 random)
    {
        var lines = new BasketLine[LineCount(random)];
        for (var i = 0; i < lines.Length; i++) lines[i] = DrawLine(random);
        if (lines.Length > 1 && random.Chance(35)) lines[0] = lines[^1] with { TaxRatePpm = TaxRate(random) }; // equal remainders
        return new Basket(CurrencyOf(random.Pick(Currencies)), random.Chance(50), lines)
        {
            Discount = random.Chance(45) ? DrawDiscount(random, 2_000 * Math.Max(1, lines.Length)) : null,
            Rounding = random.Pick(Rounding.HalfAwayFromZero, Rounding.HalfEven),
            CashRoundingMinor = random.Pick(1L, 1, 5, 5, 10, 50, 100),
        };
    }

    /// <summary>A basket with one field just past its bound, or far past it.</summary>
    public static Basket DrawOutOfBounds(SplitMix64 random)
    {
        var basket = Draw(random);
        var line = DrawLine(random);
        return random.Between(0, 9) switch
        {
            0 => WithLine(basket, line with { UnitPriceMinor = random.Pick(-1, PricingBounds.MaxUnitPriceMinor + 1, 1L << 52) }),
            1 => WithLine(basket, line with { QuantityMilli = random.Pick(0, -1, PricingBounds.MaxQuantityMilli + 1) }),
            2 => WithLine(basket, line with { TaxRatePpm = random.Pick(-1, PricingBounds.MaxRatePpm + 1) }),
            3 => WithLine(basket, line with { Discount = new Discount.Percent(random.Pick(-1, PricingBounds.MaxRatePpm + 1)) }),
            4 => WithLine(basket, line with { Discount = new Discount.Amount(random.Pick(-1, PricingBounds.MaxAmountMinor + 1)) }),
            5 => basket with { Discount = new Discount.Percent(random.Pick(-1, PricingBounds.MaxRatePpm + 1)) },
            6 => basket with { Discount = new Discount.Amount(random.Pick(-1, PricingBounds.MaxAmountMinor + 1)) },
            7 => basket with { CashRoundingMinor = random.Pick(0, -5, PricingBounds.MaxCashRoundingMinor + 1) },
            8 => WithLine(basket, line with { UnitPriceMinor = PricingBounds.MaxUnitPriceMinor, QuantityMilli = random.Pick(1_000_001, PricingBounds.MaxQuantityMilli) }),
            _ => basket with { Lines = [line with { UnitPriceMinor = -1, QuantityMilli = 0 }, line with { TaxRatePpm = -1 }] },
        };
    }

    /// <summary>A basket whose gross amounts sum to the bound exactly.</summary>
    public static Basket AtTheBound(SplitMix64 random)
    {
        var half = new BasketLine(PricingBounds.MaxUnitPriceMinor, 500_000, TaxRate(random));
        return Draw(random) with { Lines = random.Chance(50) ? [half, half] : [half with { QuantityMilli = 1_000_000 }] };
    }

    public static BasketLine DrawLine(SplitMix64 random) =>
        new(Price(random), Quantity(random), TaxRate(random), random.Chance(30) ? DrawDiscount(random, 3_000) : null);

    private static long LineCount(SplitMix64 random) => random.Between(0, 99) switch
    {
        0 => 0,
        < 70 => random.Between(1, 3),
        < 97 => random.Between(4, 7),
        _ => random.Between(12, 40),
    };

    private static long Price(SplitMix64 random) => random.Between(0, 9) switch
    {
        0 => random.Pick(0L, 1, 2, 3, 5, 9),
        < 6 => (10 * random.Between(1, 200)) - random.Pick(0, 1, 5),
        < 9 => random.Between(1, 9_999),
        _ => random.Magnitude(100_000_000),
    };

    private static long Quantity(SplitMix64 random) => random.Between(0, 9) switch
    {
        < 6 => 1_000 * random.Between(1, 6),
        < 9 => random.Between(1, 3_000), // weighed
        _ => random.Pick(1L, 499, 500, 501, 999, 1_001, 1_500, 100_000),
    };

    private static int TaxRate(SplitMix64 random) => random.Pick(random.Chance(85) ? TaxRates : OddTaxRates);

    private static Discount DrawDiscount(SplitMix64 random, long mostMinor) => random.Chance(55)
        ? new Discount.Percent(random.Pick(0, 1, 25_000, 50_000, 100_000, 125_000, 333_333, 500_000, 999_999, 1_000_000))
        : new Discount.Amount(random.Chance(15) ? random.Pick(0, 1, PricingBounds.MaxAmountMinor) : random.Between(1, mostMinor));

    private static Basket WithLine(Basket basket, BasketLine line) => basket with { Lines = [.. basket.Lines, line] };

    private static Currency CurrencyOf(string code) => Currency.Parse(code).Value;
}
