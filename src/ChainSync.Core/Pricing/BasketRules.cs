namespace ChainSync.Core.Pricing;

// What makes a basket fit to be priced: every field inside PricingBounds.
internal static class BasketRules
{
    public static Rejection? Check(Basket basket)
    {
        var errors = new FieldErrors();
        errors.CheckRange("cashRoundingMinor", basket.CashRoundingMinor, 1, PricingBounds.MaxCashRoundingMinor);
        basket.Discount?.Check(errors, "discount");

        // Too many lines are not looked at one by one: the answer must stay small whatever was sent.
        if (basket.Lines.Count > PricingBounds.MaxLines) errors.Add("lines", $"Must not be more than {PricingBounds.MaxLines}.");
        else CheckLines(basket, errors);
        return errors.ToRejection();
    }

    private static void CheckLines(Basket basket, FieldErrors errors)
    {
        for (var i = 0; i < basket.Lines.Count; i++) CheckLine(basket.Lines[i], $"lines[{i}]", errors);
        if (errors.Any) return;

        var gross = basket.Lines.Aggregate(Int128.Zero, (sum, line) => sum + BasketPricer.GrossOf(line, basket.Rounding));
        if (gross > PricingBounds.MaxAmountMinor) errors.Add("lines", $"Must not sum to more than {PricingBounds.MaxAmountMinor}.");
    }

    private static void CheckLine(BasketLine line, string path, FieldErrors errors)
    {
        errors.CheckRange($"{path}.unitPriceMinor", line.UnitPriceMinor, 0, PricingBounds.MaxUnitPriceMinor);
        errors.CheckRange($"{path}.quantityMilli", line.QuantityMilli, 1, PricingBounds.MaxQuantityMilli);
        errors.CheckRange($"{path}.taxRatePpm", line.TaxRatePpm, 0, PricingBounds.MaxRatePpm);
        line.Discount?.Check(errors, $"{path}.discount");
    }
}
