using Xunit;

namespace ChainSync.Core.Tests;

public sealed class OutcomeTests
{
    private static readonly Rejection SoldOut = new("inventory.insufficient-stock", "There is none left.");

    [Fact]
    public void A_value_is_accepted()
    {
        var outcome = Decide(true);

        Assert.True(outcome.IsAccepted);
        Assert.Null(outcome.Rejection);
        Assert.Equal(42, outcome.Value);
        Assert.True(outcome.TryGet(out var value, out _));
        Assert.Equal(42, value);
    }

    [Fact]
    public void A_rejection_is_refused_and_has_no_value()
    {
        var outcome = Decide(false);

        Assert.False(outcome.IsAccepted);
        Assert.Same(SoldOut, outcome.Rejection);
        Assert.False(outcome.TryGet(out _, out var rejection));
        Assert.Same(SoldOut, rejection);
        Assert.Contains(SoldOut.Code, Assert.Throws<InvalidOperationException>(() => outcome.Value).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "42")]
    [InlineData(false, "inventory.insufficient-stock")]
    public void Match_takes_the_arm_that_fits(bool accepted, string expected) =>
        Assert.Equal(expected, Decide(accepted).Match(value => $"{value}", rejection => rejection.Code));

    [Fact]
    public void A_refusal_passes_through_the_next_steps_untouched()
    {
        Assert.Equal(43, Decide(true).Map(value => value + 1).Value);
        Assert.Equal(43, Decide(true).Then(value => Outcome.Of(value + 1)).Value);
        Assert.Same(SoldOut, Decide(true).Then<int>(_ => SoldOut).Rejection);
        Assert.Same(SoldOut, Decide(false).Map<int>(_ => throw new InvalidOperationException()).Rejection);
        Assert.Same(SoldOut, Decide(false).Then<int>(_ => throw new InvalidOperationException()).Rejection);
    }

    [Fact]
    public void A_value_of_an_interface_type_is_accepted_by_Of() =>
        Assert.Equal([1, 2], Outcome.Of<IReadOnlyList<int>>([1, 2]).Value);

    [Fact]
    public void Field_errors_gather_every_message_and_are_no_refusal_when_there_is_none()
    {
        var errors = new FieldErrors();
        Assert.Null(errors.ToRejection());

        errors.CheckRange("lines[0].quantityMilli", 0, 1, 5);
        errors.CheckRange("lines[0].quantityMilli", 6, 1, 5);
        errors.CheckRange("lines[1].quantityMilli", 1, 1, 5);
        errors.CheckRange("lines[2].quantityMilli", 5, 1, 5);
        var rejection = errors.ToRejection()!;

        Assert.Equal("common.invalid", rejection.Code);
        var (field, messages) = Assert.Single(rejection.Errors!);
        Assert.Equal("lines[0].quantityMilli", field);
        Assert.Equal(["Must be between 1 and 5.", "Must be between 1 and 5."], messages);
    }

    private static Outcome<int> Decide(bool accept) => accept ? 42 : SoldOut;
}
