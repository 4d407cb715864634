using ChainSync.Core.Pricing;
using ChainSync.Core.Tests.Pricing.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

/// <summary>What holds for every basket.</summary>
public sealed class BasketPropertyTests
{
    private static readonly Gen<Basket> Baskets = Properties.Seeds.Select(seed => BasketCases.Draw(new SplitMix64(seed)));

    [Fact]
    public void Parts_sum_to_the_whole() => Hold(basket =>
    {
        var priced = BasketPricer.Price(basket).Value;

        Assert.Equal(priced.SubtotalMinor, priced.Lines.Sum(line => line.GrossMinor - line.DiscountMinor));
        Assert.Equal(priced.DiscountMinor, priced.Lines.Sum(line => line.TicketDiscountMinor));
        Assert.Equal(priced.TaxMinor, priced.Lines.Sum(line => line.TaxMinor));
        Assert.Equal(priced.TotalMinor, priced.Lines.Sum(line => line.TotalMinor));
        Assert.Equal(priced.TaxMinor, priced.Taxes.Sum(tax => tax.TaxMinor));
        Assert.Equal(priced.TotalMinor, priced.Taxes.Sum(tax => tax.GrossMinor));
        Assert.All(priced.Taxes, tax => Assert.Equal(tax.GrossMinor, tax.NetMinor + tax.TaxMinor));
        Assert.Equal(priced.SubtotalMinor - priced.DiscountMinor + (basket.PricesIncludeTax ? 0 : priced.TaxMinor), priced.TotalMinor);
    });

    [Fact]
    public void No_discount_is_more_than_what_it_reduces_and_nothing_is_negative() => Hold(basket =>
    {
        var priced = BasketPricer.Price(basket).Value;

        Assert.InRange(priced.DiscountMinor, 0, priced.SubtotalMinor);
        Assert.All(priced.Lines, line =>
        {
            Assert.InRange(line.DiscountMinor, 0, line.GrossMinor);
            Assert.InRange(line.TicketDiscountMinor, 0, line.GrossMinor - line.DiscountMinor);
            Assert.InRange(line.TaxMinor, 0, line.TotalMinor);
        });
    });

    [Fact]
    public void The_order_of_the_lines_changes_no_total() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            var random = new SplitMix64(seed);
            var basket = BasketCases.Draw(random);
            var shuffled = basket with { Lines = [.. basket.Lines.OrderBy(_ => random.Next())] };

            var priced = BasketPricer.Price(basket).Value;
            var other = BasketPricer.Price(shuffled).Value;

            Assert.Equal(Totals(priced), Totals(other));
            Assert.Equal(priced.Taxes, other.Taxes);
        });

    [Fact]
    public void A_net_price_taken_from_a_gross_one_gives_it_back_within_a_unit_a_line() => Hold(basket =>
    {
        var gross = BasketPricer.Price(basket with { PricesIncludeTax = true, Discount = null }).Value;
        var netLines = basket.Lines.Zip(gross.Lines, (line, amounts) => new BasketLine(amounts.TotalMinor - amounts.TaxMinor, 1_000, line.TaxRatePpm));

        var back = BasketPricer.Price(basket with { PricesIncludeTax = false, Discount = null, Lines = [.. netLines] }).Value;

        Assert.All(gross.Lines.Zip(back.Lines), pair => Assert.InRange(pair.Second.TotalMinor - pair.First.TotalMinor, -1, 1));
    });

    [Fact]
    public void Each_amount_is_within_half_a_unit_of_its_formula() => Hold(basket =>
    {
        var priced = BasketPricer.Price(basket).Value;

        foreach (var (line, amounts) in basket.Lines.Zip(priced.Lines))
        {
            var amount = amounts.GrossMinor - amounts.DiscountMinor - amounts.TicketDiscountMinor;
            var rate = line.TaxRatePpm / 1_000_000m;
            var tax = basket.PricesIncludeTax ? amount - (amount / (1 + rate)) : amount * rate;
            Assert.InRange(amounts.GrossMinor - (line.UnitPriceMinor * line.QuantityMilli / 1_000m), -0.5m, 0.5m);
            Assert.InRange(amounts.TaxMinor - tax, -0.500000001m, 0.500000001m); // a quotient has endless digits
        }
    });

    [Fact]
    public void Cash_rounding_makes_a_multiple_of_the_coin_by_at_most_half_of_it() => Hold(basket =>
    {
        var total = BasketPricer.Price(basket).Value.TotalMinor;

        var rounding = basket.CashRoundingOf(total);

        Assert.Equal(0, (total + rounding) % basket.CashRoundingMinor);
        Assert.True(2 * Math.Abs(rounding) <= basket.CashRoundingMinor);
        Assert.Equal(-rounding, basket.CashRoundingOf(-total));
    });

    private static void Hold(Action<Basket> holds) => Properties.Hold(Baskets, Smaller, holds);

    // A failing basket is printed without the lines and discounts that have no part in the failure.
    private static IEnumerable<Basket> Smaller(Basket basket)
    {
        for (var i = 0; i < basket.Lines.Count; i++)
            yield return basket with { Lines = [.. basket.Lines.Where((_, at) => at != i)] };
        if (basket.Discount is not null) yield return basket with { Discount = null };
        if (basket.Lines.Any(line => line.Discount is not null))
            yield return basket with { Lines = [.. basket.Lines.Select(line => line with { Discount = null })] };
    }

    private static (long, long, long, long) Totals(PricedBasket priced) =>
        (priced.SubtotalMinor, priced.DiscountMinor, priced.TaxMinor, priced.TotalMinor);
}
