namespace ChainSync.Core.Pricing;

/// <summary>What payments must agree with: <c>Σ amount = total + cash rounding</c> and <c>change = Σ (tendered − amount)</c>.</summary>
public static class PaymentRules
{
    /// <summary>Something was tendered that its payment does not allow: too little, or more than the amount and not in cash.</summary>
    public const string TenderCode = "sales.tender-mismatch";

    /// <summary>There is cash rounding without cash, or more of it than half the smallest coin.</summary>
    public const string CashRoundingCode = "sales.cash-rounding-mismatch";

    /// <summary>The payments do not sum to the total with its cash rounding.</summary>
    public const string PaymentCode = "sales.payment-mismatch";

    /// <summary>The change is not what was tendered beyond the amounts.</summary>
    public const string ChangeCode = "sales.change-mismatch";

    private const long MaxTotalMinor = 2 * PricingBounds.MaxAmountMinor;

    /// <summary>
    /// Why the settlement is wrong, with the fields to blame, or null when it is right. The first of these that fails speaks:
    /// bounds (<c>common.invalid</c>), tender, cash rounding, sum, change.
    /// </summary>
    /// <param name="settlement">What the till says was paid.</param>
    /// <param name="cashRoundingIncrementMinor">The smallest coin in minor units; 1 where cash is not rounded.</param>
    /// <remarks>
    /// Rounding either way by up to half a coin passes, whatever the store's mode: the money has changed hands. Compare with
    /// <see cref="CashRoundingOf"/> to notice a difference.
    /// </remarks>
    public static Rejection? Check(Settlement settlement, long cashRoundingIncrementMinor)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return CheckBounds(settlement)
            ?? CheckTender(settlement.Payments)
            ?? CheckCashRounding(settlement.Payments, settlement.CashRoundingMinor, cashRoundingIncrementMinor)
            ?? CheckSum(settlement)
            ?? CheckChange(settlement);
    }

    /// <summary>The cash rounding these payments call for: of the part of the total that no other method settles, or zero without cash.</summary>
    public static long CashRoundingOf(
        long totalMinor, IReadOnlyList<Payment> payments, long incrementMinor, Rounding rounding = Rounding.HalfAwayFromZero)
    {
        var inCash = totalMinor - payments.Where(payment => payment.Method != PaymentMethod.Cash).Sum(payment => payment.AmountMinor);
        return HasCash(payments) ? CashRounding.Of(inCash, incrementMinor, rounding) : 0;
    }

    private static Rejection? CheckBounds(Settlement settlement)
    {
        var errors = new FieldErrors();
        errors.CheckRange("totalMinor", settlement.TotalMinor, 0, MaxTotalMinor);
        errors.CheckRange("cashRoundingMinor", settlement.CashRoundingMinor, -PricingBounds.MaxCashRoundingMinor, PricingBounds.MaxCashRoundingMinor);
        errors.CheckRange("changeMinor", settlement.ChangeMinor, 0, MaxTotalMinor);
        if (settlement.Payments.Count > PricingBounds.MaxPayments) errors.Add("payments", $"Must not be more than {PricingBounds.MaxPayments}.");
        for (var i = 0; i < Math.Min(settlement.Payments.Count, PricingBounds.MaxPayments); i++)
        {
            var payment = settlement.Payments[i];
            errors.CheckRange($"payments[{i}].amountMinor", payment.AmountMinor, 0, MaxTotalMinor);
            errors.CheckRange($"payments[{i}].tenderedMinor", payment.TenderedMinor ?? 0, 0, MaxTotalMinor);
        }

        return errors.ToRejection();
    }

    private static Rejection? CheckTender(IReadOnlyList<Payment> payments)
    {
        var errors = new FieldErrors();
        for (var i = 0; i < payments.Count; i++)
        {
            var over = OverTendered(payments[i]);
            if (over < 0) errors.Add($"payments[{i}].tenderedMinor", "Must not be less than the amount.");
            else if (over > 0 && payments[i].Method != PaymentMethod.Cash)
                errors.Add($"payments[{i}].tenderedMinor", "Must be the amount: only cash gives change.");
        }

        return errors.ToRejection(TenderCode, "What was tendered does not fit its payment.");
    }

    // For money in either direction. Both bounds are compared: the smallest long has no absolute value.
    internal static Rejection? CheckCashRounding(IReadOnlyList<Payment> payments, long roundingMinor, long incrementMinor)
    {
        var most = HasCash(payments) ? incrementMinor / 2 : 0;
        return roundingMinor >= -most && roundingMinor <= most
            ? null
            : Rejection.OfField(
                CashRoundingCode, "Cash is rounded by at most half the smallest coin.", "cashRoundingMinor", $"Must be between {-most} and {most}.");
    }

    private static Rejection? CheckSum(Settlement settlement)
    {
        var due = settlement.TotalMinor + settlement.CashRoundingMinor;
        return settlement.Payments.Sum(payment => payment.AmountMinor) == due
            ? null
            : Rejection.OfField(PaymentCode, "The payments do not cover the total exactly.", "payments", $"Must sum to {due}.");
    }

    private static Rejection? CheckChange(Settlement settlement)
    {
        var change = settlement.Payments.Sum(OverTendered);
        return settlement.ChangeMinor == change
            ? null
            : Rejection.OfField(ChangeCode, "The change is not what was tendered beyond the amounts.", "changeMinor", $"Must be {change}.");
    }

    private static bool HasCash(IReadOnlyList<Payment> payments) => payments.Any(payment => payment.Method == PaymentMethod.Cash);

    private static long OverTendered(Payment payment) => (payment.TenderedMinor ?? payment.AmountMinor) - payment.AmountMinor;
}
