using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Core.Tests;

public sealed class RoundingTests
{
    [Theory]
    [InlineData(5, 3, 2)] // 2.5
    [InlineData(7, 4, 4)] // 3.5
    [InlineData(-5, -3, -2)]
    [InlineData(-7, -4, -4)]
    [InlineData(1, 1, 0)] // 0.5
    [InlineData(-1, -1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(4, 2, 2)]
    public void Halves_go_away_from_zero_or_to_the_even_neighbour(long halves, long away, long even)
    {
        Assert.Equal(away, Rounding.HalfAwayFromZero.Scale(halves, 1, 2));
        Assert.Equal(even, Rounding.HalfEven.Scale(halves, 1, 2));
    }

    [Fact]
    public void What_is_not_a_half_goes_to_the_nearer_neighbour_in_both_modes() => Properties.Hold(
        Gen.Three(Gen.Choose(-1_000_000, 1_000_000)),
        drawn =>
        {
            var (value, numerator, denominator) = (drawn.Item1, drawn.Item2, 2 * Math.Abs(drawn.Item3) + 1);

            foreach (var mode in Enum.GetValues<Rounding>())
            {
                var result = mode.Scale(value, numerator, denominator);
                Assert.True(2 * Math.Abs((value * (long)numerator) - (result * denominator)) < denominator);
                Assert.Equal(-result, mode.Scale(-value, numerator, denominator));
            }
        });

    [Fact]
    public void Products_are_exact_up_to_the_ends_of_long()
    {
        Assert.Equal(long.MaxValue, Rounding.HalfEven.Scale(long.MaxValue, long.MaxValue, long.MaxValue));
        Assert.Equal(long.MinValue, Rounding.HalfEven.Scale(long.MinValue, long.MaxValue, long.MaxValue));
        Assert.Equal(9_223_362_813_482_738_952, Rounding.HalfEven.Scale(long.MaxValue, 999_999, 1_000_000)); // ….145
    }

    [Fact]
    public void An_answer_that_does_not_fit_throws()
    {
        Assert.Throws<OverflowException>(() => Rounding.HalfEven.Scale(long.MaxValue, 2, 1));
        Assert.Throws<OverflowException>(() => Rounding.HalfEven.Scale(long.MinValue, -1, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_denominator_that_is_not_positive_throws(long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.HalfEven.Scale(1, 1, denominator));

    [Fact]
    public void An_unknown_mode_throws_at_a_half() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Rounding)7).Scale(1, 1, 2));
}
