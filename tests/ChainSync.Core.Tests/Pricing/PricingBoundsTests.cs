using ChainSync.Core.Pricing;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

/// <summary>Each bound: the last value inside is priced, the first outside is refused with its field to blame.</summary>
public sealed class PricingBoundsTests
{
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    private static readonly BasketLine Plain = new(100, 1_000, 0);

    public static TheoryData<string, string> Fields => new()
    {
        { nameof(BasketLine.UnitPriceMinor), "lines[0].unitPriceMinor" },
        { nameof(BasketLine.QuantityMilli), "lines[0].quantityMilli" },
        { nameof(BasketLine.TaxRatePpm), "lines[0].taxRatePpm" },
        { nameof(Discount.Percent), "lines[0].discount.ratePpm" },
        { nameof(Discount.Amount), "lines[0].discount.amountMinor" },
        { "Ticket" + nameof(Discount.Percent), "discount.ratePpm" },
        { "Ticket" + nameof(Discount.Amount), "discount.amountMinor" },
        { nameof(Basket.CashRoundingMinor), "cashRoundingMinor" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Both_ends_of_a_field_are_priced_and_one_further_is_refused(string name, string path)
    {
        var (least, most) = RangeOf(name);

        Assert.True(BasketPricer.Price(With(name, least)).IsAccepted);
        Assert.True(BasketPricer.Price(With(name, most)).IsAccepted);
        Assert.Equal([path], RefusedFields(With(name, least - 1)));
        Assert.Equal([path], RefusedFields(With(name, most + 1)));
    }

    [Fact]
    public void A_thousand_lines_are_priced_and_one_more_is_refused()
    {
        var lines = Enumerable.Repeat(Plain, PricingBounds.MaxLines).ToList();

        Assert.Equal(100_000, BasketPricer.Price(Of([.. lines])).Value.TotalMinor);
        Assert.Equal(["lines"], RefusedFields(Of([.. lines, Plain])));
    }

    [Fact]
    public void Too_many_lines_are_not_blamed_one_by_one() =>
        Assert.Equal(["lines"], RefusedFields(Of([.. Enumerable.Repeat(Plain with { QuantityMilli = 0 }, PricingBounds.MaxLines + 1)])));

    [Fact]
    public void Every_mistake_is_told_at_once() => Assert.Equal(
        ["cashRoundingMinor", "lines[0].quantityMilli", "lines[1].taxRatePpm", "lines[1].unitPriceMinor"],
        RefusedFields(Of(Plain with { QuantityMilli = 0 }, Plain with { UnitPriceMinor = -1, TaxRatePpm = -1 }) with { CashRoundingMinor = 0 }));

    [Fact]
    public void Gross_amounts_sum_up_to_the_bound_and_no_further()
    {
        var half = new BasketLine(PricingBounds.MaxUnitPriceMinor, 500_000, PricingBounds.MaxRatePpm);

        Assert.Equal(PricingBounds.MaxAmountMinor, BasketPricer.Price(Of(half, half)).Value.SubtotalMinor);
        Assert.Equal(["lines"], RefusedFields(Of(half, half, Plain with { UnitPriceMinor = 1 })));
    }

    [Fact]
    public void The_largest_fields_together_are_refused_and_do_not_overflow()
    {
        var largest = new BasketLine(PricingBounds.MaxUnitPriceMinor, PricingBounds.MaxQuantityMilli, PricingBounds.MaxRatePpm);

        Assert.Equal(["lines"], RefusedFields(Of([.. Enumerable.Repeat(largest, PricingBounds.MaxLines)])));
        Assert.Equal(["lines"], RefusedFields(Of(largest with { Discount = new Discount.Percent(1_000_000) })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_amount_of_the_largest_basket_is_past_what_JavaScript_counts_exactly(bool included)
    {
        var line = new BasketLine(PricingBounds.MaxUnitPriceMinor, 1_000, PricingBounds.MaxRatePpm);
        var basket = Of([.. Enumerable.Repeat(line, 1_000)]) with { PricesIncludeTax = included, CashRoundingMinor = PricingBounds.MaxCashRoundingMinor };

        var priced = BasketPricer.Price(basket).Value;

        Assert.Equal(included ? PricingBounds.MaxAmountMinor : 2 * PricingBounds.MaxAmountMinor, priced.TotalMinor);
        Assert.True(priced.TotalMinor + PricingBounds.MaxCashRoundingMinor < MaxSafeInteger);
    }

    private static (long Least, long Most) RangeOf(string name) => name switch
    {
        nameof(BasketLine.UnitPriceMinor) => (0, PricingBounds.MaxUnitPriceMinor),
        nameof(BasketLine.QuantityMilli) => (1, PricingBounds.MaxQuantityMilli),
        nameof(Basket.CashRoundingMinor) => (1, PricingBounds.MaxCashRoundingMinor),
        nameof(Discount.Amount) or "Ticket" + nameof(Discount.Amount) => (0, PricingBounds.MaxAmountMinor),
        _ => (0, PricingBounds.MaxRatePpm),
    };

    private static Basket With(string name, long value) => name switch
    {
        nameof(BasketLine.UnitPriceMinor) => Of(Plain with { UnitPriceMinor = value }),
        nameof(BasketLine.QuantityMilli) => Of(Plain with { QuantityMilli = value }),
        nameof(BasketLine.TaxRatePpm) => Of(Plain with { TaxRatePpm = (int)value }),
        nameof(Discount.Percent) => Of(Plain with { Discount = new Discount.Percent((int)value) }),
        nameof(Discount.Amount) => Of(Plain with { Discount = new Discount.Amount(value) }),
        "Ticket" + nameof(Discount.Percent) => Of(Plain) with { Discount = new Discount.Percent((int)value) },
        "Ticket" + nameof(Discount.Amount) => Of(Plain) with { Discount = new Discount.Amount(value) },
        nameof(Basket.CashRoundingMinor) => Of(Plain) with { CashRoundingMinor = value },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such field."),
    };

    private static Basket Of(params BasketLine[] lines) => new(Currency.Eur, PricesIncludeTax: true, lines);

    private static IEnumerable<string> RefusedFields(Basket basket)
    {
        var rejection = BasketPricer.Price(basket).Rejection;
        Assert.Equal("common.invalid", rejection?.Code);
        return rejection!.Errors!.Keys.Order(StringComparer.Ordinal);
    }
}
