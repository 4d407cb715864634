using ChainSync.Core.Pricing;
using ChainSync.Core.Tests.Pricing.Vectors;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

public sealed class RefundPricerTests
{
    private static readonly LinePortion ThreeForTen = new(3_000, 1_000, 160);

    [Fact]
    public void The_last_unit_takes_what_is_left()
    {
        var refunds = RefundCases.Refund(ThreeForTen, [1_000, 1_000, 1_000], Rounding.HalfAwayFromZero);

        Assert.Equal([333, 334, 333], refunds.Select(refund => refund.TotalMinor));
        Assert.Equal([53, 54, 53], refunds.Select(refund => refund.TaxMinor));
    }

    [Fact]
    public void A_line_given_back_whole_is_the_sale_with_the_other_sign()
    {
        var refund = RefundPricer.Price(ThreeForTen, default, 3_000).Value;

        Assert.Equal(ThreeForTen, refund);
    }

    [Fact]
    public void Refunds_in_any_split_sum_to_the_sale_and_no_tax_is_more_than_its_amount() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            var random = new SplitMix64(seed);
            var sold = RefundCases.DrawSold(random);

            var refunds = RefundCases.Refund(sold, RefundCases.DrawSplit(random, sold.QuantityMilli), random.Pick(Rounding.HalfAwayFromZero, Rounding.HalfEven));

            Assert.Equal(sold, refunds.Aggregate((sum, refund) => sum + refund));
            Assert.All(refunds, refund => Assert.InRange(refund.TaxMinor, 0, refund.TotalMinor));
        });

    [Fact]
    public void Whatever_was_refunded_before_what_comes_after_adds_up_to_the_sale() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            var random = new SplitMix64(seed);
            var sold = RefundCases.DrawSold(random) with { QuantityMilli = 5_000 };
            var before = new LinePortion(1_000, random.Between(0, sold.TotalMinor), random.Between(0, sold.TaxMinor));

            var next = RefundPricer.Price(sold, before, 2_000).Value;
            var last = RefundPricer.Price(sold, before + next, 2_000).Value;

            Assert.Equal(sold, before + next + last);
            Assert.True(next.TotalMinor >= 0 && next.TaxMinor >= 0 && last.TotalMinor >= 0 && last.TaxMinor >= 0);
        });

    [Theory]
    [InlineData(0, 3_001)]
    [InlineData(2_000, 1_001)]
    [InlineData(3_000, 1)]
    [InlineData(4_000, 1)]
    public void More_than_was_sold_is_refused(long beforeMilli, long quantityMilli)
    {
        var before = new LinePortion(beforeMilli, 0, 0);

        var rejection = RefundPricer.Price(ThreeForTen, before, quantityMilli).Rejection!;

        Assert.Equal("sales.refund-exceeds-sold", rejection.Code);
        Assert.Equal(["quantityMilli"], rejection.Errors!.Keys);
    }

    [Theory]
    [InlineData(1_001, 0)]
    [InlineData(500, 161)]
    public void More_money_given_back_than_was_taken_leaves_nothing_to_refund(long totalMinor, long taxMinor)
    {
        var rejection = RefundPricer.Price(ThreeForTen, new LinePortion(1_000, totalMinor, taxMinor), 1_000).Rejection!;

        Assert.Equal("sales.refund-exceeds-sold", rejection.Code);
        Assert.Equal(["Must not be more than 0."], rejection.Errors!["quantityMilli"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000)]
    [InlineData(PricingBounds.MaxQuantityMilli + 1)]
    public void A_quantity_out_of_its_bounds_is_invalid(long quantityMilli)
    {
        var rejection = RefundPricer.Price(ThreeForTen, default, quantityMilli).Rejection!;

        Assert.Equal("common.invalid", rejection.Code);
        Assert.Equal(["quantityMilli"], rejection.Errors!.Keys);
    }

    [Fact]
    public void The_largest_line_does_not_overflow()
    {
        var sold = new LinePortion(PricingBounds.MaxQuantityMilli, 2 * PricingBounds.MaxAmountMinor, PricingBounds.MaxAmountMinor);

        var refunds = RefundCases.Refund(sold, [1, PricingBounds.MaxQuantityMilli - 2, 1], Rounding.HalfAwayFromZero);

        Assert.Equal(sold, refunds.Aggregate((sum, refund) => sum + refund));
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(1_000, 10, 11)]
    [InlineData(1_000, 10, -1)]
    public void A_sold_line_that_cannot_be_is_a_bug_of_the_callers(long quantityMilli, long totalMinor, long taxMinor) =>
        Assert.Throws<ArgumentException>(() => RefundPricer.Price(new LinePortion(quantityMilli, totalMinor, taxMinor), default, 1));
}
