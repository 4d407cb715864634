namespace ChainSync.Core.Pricing;

/// <summary>Prices the refund of a part of a sold line, so that all its refunds, in any split, sum to the sale exactly.</summary>
public static class RefundPricer
{
    /// <summary>The code of the refusal to refund more than was sold.</summary>
    public const string ExceedsSoldCode = "sales.refund-exceeds-sold";

    /// <summary>
    /// What giving back <paramref name="quantityMilli"/> more is worth. Amounts are differences of running sums, so rounding never
    /// piles up and the last unit takes what is left:
    /// <code>
    /// amount = round(sold.total × (before.quantity + quantity) ÷ sold.quantity) − before.total
    /// tax    = round(sold.tax × (before.total + amount) ÷ sold.total) − before.tax
    /// </code>
    /// Tax follows the money, not the quantity, so that it is never more than the amount it is part of. Where earlier refunds were
    /// priced otherwise (an imported history), both stay between zero and what is left.
    /// </summary>
    /// <param name="sold">The line as sold; its quantity is positive.</param>
    /// <param name="before">The sum of its earlier refunds.</param>
    /// <param name="quantityMilli">Thousandths of a unit to refund now; positive.</param>
    /// <param name="rounding">Where a half goes.</param>
    /// <returns>The portion refunded now, or <see cref="ExceedsSoldCode"/>, or <c>common.invalid</c> for a quantity that is not positive.</returns>
    /// <exception cref="ArgumentException">The line as sold is no such line (no quantity, a tax beyond its total).</exception>
    public static Outcome<LinePortion> Price(
        LinePortion sold, LinePortion before, long quantityMilli, Rounding rounding = Rounding.HalfAwayFromZero)
    {
        if (sold.QuantityMilli <= 0 || sold.TaxMinor < 0 || sold.TaxMinor > sold.TotalMinor)
            throw new ArgumentException("A sold line has a quantity, and a tax between zero and its total.", nameof(sold));
        if (Refuse(sold, before, quantityMilli) is { } rejection) return rejection;

        var quantity = before.QuantityMilli + quantityMilli;
        var total = quantity == sold.QuantityMilli ? sold.TotalMinor : rounding.Scale(sold.TotalMinor, quantity, sold.QuantityMilli);
        var amount = Math.Clamp(total - before.TotalMinor, 0, sold.TotalMinor - before.TotalMinor);
        var refunded = before.TotalMinor + amount;
        var tax = refunded == sold.TotalMinor ? sold.TaxMinor : rounding.Scale(sold.TaxMinor, refunded, sold.TotalMinor);
        return new LinePortion(quantityMilli, amount, Math.Clamp(tax - before.TaxMinor, 0, sold.TaxMinor - before.TaxMinor));
    }

    private static Rejection? Refuse(LinePortion sold, LinePortion before, long quantityMilli)
    {
        var errors = new FieldErrors();
        errors.CheckRange("quantityMilli", quantityMilli, 1, PricingBounds.MaxQuantityMilli);
        if (errors.ToRejection() is { } invalid) return invalid;

        var leftMilli = sold.QuantityMilli - before.QuantityMilli;
        var moneyIsLeft = before.TotalMinor <= sold.TotalMinor && before.TaxMinor <= sold.TaxMinor;
        if (quantityMilli <= leftMilli && moneyIsLeft) return null;
        return Rejection.OfField(
            ExceedsSoldCode, "More would be refunded than was sold.", "quantityMilli", $"Must not be more than {(moneyIsLeft ? Math.Max(leftMilli, 0) : 0)}.");
    }
}
