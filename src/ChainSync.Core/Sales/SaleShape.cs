using ChainSync.Core.Pricing;

namespace ChainSync.Core.Sales;

// Every field of a sale inside its bounds, whatever the store knows. Runs first, so that later checks can sum without overflow.
internal static class SaleShape
{
    private const long MostMinor = 2 * PricingBounds.MaxAmountMinor;

    public static Rejection? Check(RecordSale sale)
    {
        var errors = new FieldErrors();
        errors.Require(sale.Id != Guid.Empty, "id", "Must be a UUID made for this sale.");
        errors.Require(sale.SoldAt.Year is >= 2000 and < 2200, "soldAt", "Must be a date between 2000 and 2200.");
        errors.CheckText("currency", sale.Currency, 3);
        errors.CheckRange("subtotalMinor", sale.SubtotalMinor, 0, MostMinor);
        errors.CheckRange("discountMinor", sale.DiscountMinor, 0, MostMinor);
        errors.CheckRange("taxMinor", sale.TaxMinor, 0, MostMinor);
        errors.CheckRange("totalMinor", sale.TotalMinor, 0, MostMinor);
        if (sale.Discount is { } discount) CheckDiscount(errors, "discount", discount);
        if (sale.Receipt is { } receipt) CheckReceipt(errors, receipt, sale.RegisterId);
        errors.Require(sale.Payments.Count > 0, "payments", "Must not be empty.");
        for (var i = 0; i < Math.Min(sale.Payments.Count, PricingBounds.MaxPayments); i++)
            errors.Require(sale.Payments[i].Method != PaymentMethod.Unknown, $"payments[{i}].method", "Must be one of cash, card, voucher, credit, other.");

        // Too many lines are not looked at one by one: the answer must stay small whatever was sent.
        if (errors.Require(sale.Lines.Count is > 0 and <= PricingBounds.MaxLines, "lines", $"Must be 1 to {PricingBounds.MaxLines} lines."))
            CheckLines(errors, sale.Lines);
        return errors.ToRejection();
    }

    private static void CheckLines(FieldErrors errors, IReadOnlyList<SoldLine> lines)
    {
        var numbers = new HashSet<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, path) = (lines[i], $"lines[{i}]");
            errors.Require(line.LineNo >= 1 && line.LineNo <= lines.Count && numbers.Add(line.LineNo), $"{path}.lineNo", "Must number the lines 1, 2, 3 and so on, each once.");
            errors.Require(line.ProductId != Guid.Empty, $"{path}.productId", "Must be a product's id.");
            errors.CheckRange($"{path}.quantityMilli", line.QuantityMilli, 1, PricingBounds.MaxQuantityMilli);
            errors.CheckRange($"{path}.unitPriceMinor", line.UnitPriceMinor, 0, PricingBounds.MaxUnitPriceMinor);
            errors.CheckRange($"{path}.taxRatePpm", line.TaxRatePpm, 0, PricingBounds.MaxRatePpm);
            errors.CheckRange($"{path}.grossMinor", line.GrossMinor, 0, MostMinor);
            errors.CheckRange($"{path}.discountMinor", line.DiscountMinor, 0, MostMinor);
            errors.CheckRange($"{path}.ticketDiscountMinor", line.TicketDiscountMinor, 0, MostMinor);
            errors.CheckRange($"{path}.taxMinor", line.TaxMinor, 0, MostMinor);
            errors.CheckRange($"{path}.totalMinor", line.TotalMinor, 0, MostMinor);
            if (line.Discount is { } discount) CheckDiscount(errors, $"{path}.discount", discount);
        }
    }

    private static void CheckDiscount(FieldErrors errors, string path, GivenDiscount discount)
    {
        switch (discount)
        {
            case { Kind: DiscountKind.Percent, RatePpm: { } rate, AmountMinor: null }:
                errors.CheckRange($"{path}.ratePpm", rate, 0, PricingBounds.MaxRatePpm);
                break;
            case { Kind: DiscountKind.Amount, AmountMinor: { } amount, RatePpm: null }:
                errors.CheckRange($"{path}.amountMinor", amount, 0, PricingBounds.MaxAmountMinor);
                break;
            default:
                errors.Add(path, "Must be a percent with ratePpm or an amount with amountMinor.");
                break;
        }
    }

    private static void CheckReceipt(FieldErrors errors, ReceiptNumber receipt, Guid? registerId)
    {
        errors.CheckText("receipt.series", receipt.Series, 32);
        errors.CheckRange("receipt.number", receipt.Number, 1, 9_007_199_254_740_991); // 2^53 − 1: what a till can count to exactly
        errors.Require(registerId is not null, "registerId", "Must be there when there is a receipt number.");
    }
}
