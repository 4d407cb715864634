using ChainSync.Core.Pricing;
using ChainSync.Core.Tests.Pricing.Vectors;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

public sealed class PaymentRulesTests
{
    private static readonly Settlement CardAndCash = new(1_503, -3, 500, [new(PaymentMethod.Card, 1_000), new(PaymentMethod.Cash, 500, 1_000)]);

    [Fact]
    public void Payments_that_cover_the_total_with_the_right_change_pass()
    {
        Assert.Null(PaymentRules.Check(CardAndCash, 10));
        Assert.Null(PaymentRules.Check(new Settlement(1_503, 0, 0, [new(PaymentMethod.Voucher, 1_503)]), 10));
        Assert.Null(PaymentRules.Check(new Settlement(2, -2, 0, [new(PaymentMethod.Cash, 0)]), 5));
        Assert.Null(PaymentRules.Check(new Settlement(0, 0, 0, []), 1));
    }

    [Fact]
    public void Every_settlement_a_till_would_make_passes_and_every_faulty_one_is_refused_with_fields() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            var random = new SplitMix64(seed);

            Assert.Null(PaymentRules.Check(SettlementCases.Draw(random, 5), 5));
            Assert.NotEmpty(PaymentRules.Check(SettlementCases.DrawWrong(random, 5), 5)!.Errors!);
        });

    [Theory]
    [InlineData(PaymentMethod.Card)]
    [InlineData(PaymentMethod.Voucher)]
    [InlineData(PaymentMethod.Credit)]
    [InlineData(PaymentMethod.Other)]
    [InlineData(PaymentMethod.Unknown)]
    public void Only_cash_gives_change(PaymentMethod method)
    {
        Refuses(PaymentRules.TenderCode, "payments[0].tenderedMinor", new Settlement(500, 0, 500, [new(method, 500, 1_000)]));
        Assert.Null(PaymentRules.Check(new Settlement(500, 0, 0, [new(method, 500, 500)]), 1));
    }

    [Fact]
    public void Less_than_the_amount_cannot_be_tendered() =>
        Refuses(PaymentRules.TenderCode, "payments[1].tenderedMinor", CardAndCash with { Payments = [CardAndCash.Payments[0], new(PaymentMethod.Cash, 500, 499)] });

    [Theory]
    [InlineData(1_502)]
    [InlineData(1_504)]
    public void Payments_that_do_not_sum_to_the_total_are_refused(long total) =>
        Refuses(PaymentRules.PaymentCode, "payments", CardAndCash with { TotalMinor = total });

    [Theory]
    [InlineData(499)]
    [InlineData(501)]
    [InlineData(0)]
    public void Change_that_is_not_what_was_tendered_beyond_the_amounts_is_refused(long change) =>
        Refuses(PaymentRules.ChangeCode, "changeMinor", CardAndCash with { ChangeMinor = change });

    [Theory]
    [InlineData(6)]
    [InlineData(-6)]
    public void Cash_is_rounded_by_at_most_half_a_coin(long rounding) =>
        Refuses(PaymentRules.CashRoundingCode, "cashRoundingMinor", new Settlement(100, rounding, 0, [new(PaymentMethod.Cash, 100 + rounding)]));

    [Fact]
    public void Nothing_is_rounded_without_cash() =>
        Refuses(PaymentRules.CashRoundingCode, "cashRoundingMinor", new Settlement(1_503, -3, 0, [new(PaymentMethod.Card, 1_500)]));

    [Fact]
    public void Only_the_part_that_cash_settles_is_rounded()
    {
        Assert.Equal(-3, PaymentRules.CashRoundingOf(1_503, CardAndCash.Payments, 10));
        Assert.Equal(2, PaymentRules.CashRoundingOf(1_503, [new(PaymentMethod.Card, 1_000), new(PaymentMethod.Cash, 0)], 5));
        Assert.Equal(0, PaymentRules.CashRoundingOf(1_503, [new(PaymentMethod.Card, 1_000)], 5));
    }

    [Theory]
    [InlineData(-1, 0, 0, 0, 0, "totalMinor")]
    [InlineData((2 * PricingBounds.MaxAmountMinor) + 1, 0, 0, 0, 0, "totalMinor")]
    [InlineData(0, PricingBounds.MaxCashRoundingMinor + 1, 0, 0, 0, "cashRoundingMinor")]
    [InlineData(0, -PricingBounds.MaxCashRoundingMinor - 1, 0, 0, 0, "cashRoundingMinor")]
    [InlineData(0, long.MinValue, 0, 0, 0, "cashRoundingMinor")]
    [InlineData(0, 0, -1, 0, 0, "changeMinor")]
    [InlineData(0, 0, 0, -1, 0, "payments[0].amountMinor")]
    [InlineData(0, 0, 0, long.MaxValue, 0, "payments[0].amountMinor")]
    [InlineData(0, 0, 0, 0, -1, "payments[0].tenderedMinor")]
    [InlineData(0, 0, 0, 0, long.MaxValue, "payments[0].tenderedMinor")]
    public void Amounts_out_of_their_bounds_are_invalid(long total, long rounding, long change, long amount, long tendered, string field) =>
        Refuses("common.invalid", field, new Settlement(total, rounding, change, [new(PaymentMethod.Cash, amount, tendered)]));

    [Fact]
    public void A_hundred_payments_pass_and_one_more_is_invalid()
    {
        var payments = Enumerable.Repeat(new Payment(PaymentMethod.Card, 1), PricingBounds.MaxPayments).ToList();

        Assert.Null(PaymentRules.Check(new Settlement(100, 0, 0, payments), 1));
        Refuses("common.invalid", "payments", new Settlement(101, 0, 0, [.. payments, payments[0]]));
    }

    private static void Refuses(string code, string field, Settlement settlement)
    {
        var rejection = PaymentRules.Check(settlement, 10);

        Assert.Equal(code, rejection?.Code);
        Assert.Equal([field], rejection!.Errors!.Keys);
    }
}
