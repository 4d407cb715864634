using ChainSync.Core.Pricing;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

/// <summary>Receipts worked out by hand.</summary>
public sealed class BasketPricerTests
{
    [Fact]
    public void Prices_that_include_tax_total_what_the_shelf_says()
    {
        var priced = Price(included: true, new BasketLine(199, 2_000, 70_000), new BasketLine(1_190, 1_000, 190_000));

        Assert.Equal(new PricedLine(398, 0, 0, 26, 398), priced.Lines[0]); // 398 ÷ 1.07 = 371.96
        Assert.Equal(new PricedLine(1_190, 0, 0, 190, 1_190), priced.Lines[1]);
        Assert.Equal((1_588, 0, 216, 1_588), Totals(priced));
        Assert.Equal([new TaxTotal(70_000, 372, 26, 398), new TaxTotal(190_000, 1_000, 190, 1_190)], priced.Taxes);
    }

    [Fact]
    public void Prices_without_tax_have_it_added_line_by_line()
    {
        var priced = Price(included: false, new BasketLine(999, 1_000, 88_750), new BasketLine(999, 1_000, 88_750), new BasketLine(250, 1_000, 0));

        Assert.Equal(new PricedLine(999, 0, 0, 89, 1_088), priced.Lines[0]); // 88.66
        Assert.Equal((2_248, 0, 178, 2_426), Totals(priced));
        Assert.Equal([new TaxTotal(0, 250, 0, 250), new TaxTotal(88_750, 1_998, 178, 2_176)], priced.Taxes);
    }

    [Fact]
    public void Weighed_goods_are_rounded_once()
    {
        var priced = Price(included: true, new BasketLine(1_299, 385, 0)); // 500.115

        Assert.Equal(500, priced.TotalMinor);
    }

    [Fact]
    public void Line_discounts_come_off_before_the_ticket_discount_is_spread()
    {
        var basket = Basket(
            included: true,
            new BasketLine(1_000, 1_000, 0, new Discount.Percent(100_000)), // 900
            new BasketLine(350, 1_000, 0, new Discount.Amount(50)), // 300
            new BasketLine(300, 1_000, 0)) with
        { Discount = new Discount.Amount(100) };

        var priced = BasketPricer.Price(basket).Value;

        Assert.Equal([100, 50, 0], priced.Lines.Select(line => line.DiscountMinor));
        Assert.Equal([60, 20, 20], priced.Lines.Select(line => line.TicketDiscountMinor));
        Assert.Equal([840, 280, 280], priced.Lines.Select(line => line.TotalMinor));
        Assert.Equal((1_500, 100, 0, 1_400), Totals(priced));
    }

    [Fact]
    public void A_ticket_discount_lowers_the_tax_of_every_rate_in_its_share()
    {
        var basket = Basket(included: true, new BasketLine(1_070, 1_000, 70_000), new BasketLine(1_190, 1_000, 190_000)) with
        { Discount = new Discount.Percent(500_000) };

        var priced = BasketPricer.Price(basket).Value;

        Assert.Equal([new TaxTotal(70_000, 500, 35, 535), new TaxTotal(190_000, 500, 95, 595)], priced.Taxes);
    }

    [Fact]
    public void No_discount_takes_more_than_there_is()
    {
        var basket = Basket(included: false, new BasketLine(500, 1_000, 190_000, new Discount.Amount(501)), new BasketLine(500, 1_000, 190_000)) with
        { Discount = new Discount.Amount(PricingBounds.MaxAmountMinor) };

        var priced = BasketPricer.Price(basket).Value;

        Assert.Equal(new PricedLine(500, 500, 0, 0, 0), priced.Lines[0]);
        Assert.Equal(new PricedLine(500, 0, 500, 0, 0), priced.Lines[1]);
        Assert.Equal((500, 500, 0, 0), Totals(priced));
    }

    [Theory]
    [InlineData(101, 70_000, 101, 190_000, 1, new long[] { 0, 1 })] // shares of 0.5 and 0.5
    [InlineData(100, 190_000, 300, 190_000, 2, new long[] { 0, 2 })] // shares of 0.5 and 1.5
    public void The_odd_unit_of_a_ticket_discount_falls_on_the_same_goods_in_any_order(
        long price, int rate, long otherPrice, int otherRate, long discount, long[] parts)
    {
        BasketLine line = new(price, 1_000, rate), other = new(otherPrice, 1_000, otherRate);
        var basket = Basket(included: true, line, other) with { Discount = new Discount.Amount(discount) };

        var priced = BasketPricer.Price(basket).Value;
        var swapped = BasketPricer.Price(basket with { Lines = [other, line] }).Value;

        Assert.Equal(parts, priced.Lines.Select(amounts => amounts.TicketDiscountMinor));
        Assert.Equal(parts.Reverse(), swapped.Lines.Select(amounts => amounts.TicketDiscountMinor));
        Assert.Equal(priced.Taxes, swapped.Taxes);
    }

    [Fact]
    public void The_stores_rounding_mode_decides_every_half()
    {
        var basket = Basket(included: false, new BasketLine(25, 500, 500_000)); // 12.5

        var away = BasketPricer.Price(basket).Value;
        var even = BasketPricer.Price(basket with { Rounding = Rounding.HalfEven }).Value;

        Assert.Equal(new PricedLine(13, 0, 0, 7, 20), away.Lines[0]); // 6.5 → 7
        Assert.Equal(new PricedLine(12, 0, 0, 6, 18), even.Lines[0]);
    }

    [Fact]
    public void An_empty_basket_costs_nothing()
    {
        var priced = BasketPricer.Price(Basket(included: true) with { Discount = new Discount.Amount(100) }).Value;

        Assert.Equal((0, 0, 0, 0), Totals(priced));
        Assert.Empty(priced.Lines);
        Assert.Empty(priced.Taxes);
    }

    [Theory]
    [InlineData(1_002, 5, -2)]
    [InlineData(1_003, 5, 2)]
    [InlineData(1_005, 5, 0)]
    [InlineData(-1_003, 5, -2)]
    [InlineData(1_005, 10, 5)]
    [InlineData(49, 100, -49)]
    [InlineData(1_234, 1, 0)]
    public void Cash_goes_to_the_nearest_coin(long amount, long increment, long expected)
    {
        var basket = Basket(included: true) with { CashRoundingMinor = increment };

        Assert.Equal(expected, basket.CashRoundingOf(amount));
    }

    [Fact]
    public void Half_a_coin_follows_the_rounding_mode() => Assert.Equal(-5, CashRounding.Of(1_005, 10, Rounding.HalfEven));

    private static PricedBasket Price(bool included, params BasketLine[] lines) => BasketPricer.Price(Basket(included, lines)).Value;

    private static Basket Basket(bool included, params BasketLine[] lines) => new(Currency.Eur, included, lines);

    private static (long, long, long, long) Totals(PricedBasket priced) =>
        (priced.SubtotalMinor, priced.DiscountMinor, priced.TaxMinor, priced.TotalMinor);
}
