using ChainSync.Core.Tests.Pricing.Vectors;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Core.Tests;

public sealed class MoneyTests
{
    private static readonly Money TenEuros = new(1_000, Currency.Eur);
    private static readonly Money TenPounds = new(1_000, Currency.Gbp);

    [Fact]
    public void Amounts_of_one_currency_add_subtract_and_compare()
    {
        var two = new Money(200, Currency.Eur);

        Assert.Equal(new Money(1_200, Currency.Eur), TenEuros + two);
        Assert.Equal(new Money(-800, Currency.Eur), two - TenEuros);
        Assert.Equal(new Money(-600, Currency.Eur), -two * 3);
        Assert.True(two < TenEuros && two <= TenEuros && TenEuros > two && TenEuros >= two);
        Assert.NotEqual(TenEuros, TenPounds);
    }

    [Fact]
    public void Amounts_of_two_currencies_do_not_mix()
    {
        Assert.Throws<InvalidOperationException>(() => TenEuros + TenPounds);
        Assert.Throws<InvalidOperationException>(() => TenEuros - TenPounds);
        Assert.Throws<InvalidOperationException>(() => TenEuros < TenPounds);
        Assert.Throws<InvalidOperationException>(() => TenEuros.CompareTo(TenPounds));
    }

    [Fact]
    public void Arithmetic_throws_rather_than_wraps()
    {
        var most = new Money(long.MaxValue, Currency.Eur);
        var least = new Money(long.MinValue, Currency.Eur);

        Assert.Throws<OverflowException>(() => most + new Money(1, Currency.Eur));
        Assert.Throws<OverflowException>(() => least - new Money(1, Currency.Eur));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => most.Percent(1_000_001));
    }

    [Theory]
    [InlineData(1_000, 88_750, 89)] // 88.75
    [InlineData(1_000, 190_000, 190)]
    [InlineData(-1_000, 88_750, -89)]
    [InlineData(50, 10_000, 1)] // 0.5
    [InlineData(0, 88_750, 0)]
    public void Percent_is_rounded_half_away_from_zero(long minor, long ratePpm, long expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Eur).Percent(ratePpm).Minor);

    [Fact]
    public void Percent_can_round_half_to_even() =>
        Assert.Equal(0, new Money(50, Currency.Eur).Percent(10_000, Rounding.HalfEven).Minor);

    [Fact]
    public void The_odd_units_go_to_the_largest_remainders_and_among_equals_to_the_earlier()
    {
        Assert.Equal([34, 33, 33], Parts(100, 1, 1, 1));
        Assert.Equal([-34, -33, -33], Parts(-100, 1, 1, 1));
        Assert.Equal([0, 1, 1], Parts(2, 1, 2, 2));
        Assert.Equal([0, 5, 0], Parts(5, 0, 1, 0));
        Assert.Equal([0, 0], Parts(0, 0, 0));
        Assert.Empty(Parts(0));
    }

    [Fact]
    public void Nothing_can_be_spread_over_no_weight_or_a_negative_one()
    {
        Assert.Throws<ArgumentException>(() => TenEuros.Allocate());
        Assert.Throws<ArgumentException>(() => TenEuros.Allocate(0, 0));
        Assert.Throws<ArgumentException>(() => TenEuros.Allocate(1, -1));
    }

    [Fact]
    public void The_largest_amounts_and_weights_do_not_overflow()
    {
        long[] ends = [long.MaxValue, long.MinValue];

        Assert.All(ends, end => Assert.Equal(end, Parts(end, long.MaxValue, long.MaxValue, 1).Aggregate(0L, (sum, part) => checked(sum + part))));
        Assert.All(ends, end => Assert.Equal([end], Parts(end, long.MaxValue)));
    }

    [Fact]
    public void Parts_sum_to_the_whole_within_a_unit_of_their_share_and_change_sign_with_it() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            var random = new SplitMix64(seed);
            var weights = Enumerable.Range(0, (int)random.Between(1, 30)).Select(_ => random.Magnitude(1_000_000_000)).Append(1).ToArray();
            var amount = random.Magnitude(1_000_000_000_000);

            var parts = Parts(amount, weights);

            Assert.Equal(amount, parts.Sum());
            Assert.Equal(Parts(-amount, weights), parts.Select(part => -part));
            var whole = (Int128)weights.Sum();
            Assert.All(parts.Zip(weights), pair => Assert.True(Int128.Abs((pair.First * whole) - ((Int128)amount * pair.Second)) < whole));
            Assert.All(parts.Zip(weights), pair => Assert.True(pair.Second > 0 || pair.First == 0));
        });

    [Theory]
    [InlineData("EUR", -1_234, "EUR -12.34")]
    [InlineData("EUR", 5, "EUR 0.05")]
    [InlineData("JPY", 1_234, "JPY 1234")]
    [InlineData("KWD", 1_234, "KWD 1.234")]
    public void It_is_written_in_the_digits_of_its_currency(string code, long minor, string expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Parse(code).Value).ToString());

    private static long[] Parts(long amount, params long[] weights) =>
        Array.ConvertAll(new Money(amount, Currency.Eur).Allocate(weights), part => part.Minor);
}
