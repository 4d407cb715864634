namespace ChainSync.Core.Sales;

// A sale's own amounts against each other. The till's roundings are its own; only what cannot be true is refused.
internal static class SaleSums
{
    public static Rejection? Check(RecordSale sale)
    {
        var errors = new FieldErrors();
        for (var i = 0; i < sale.Lines.Count; i++) CheckLine(errors, sale.Lines[i], $"lines[{i}]", sale.PricesIncludeTax);
        Compare(errors, "subtotalMinor", sale.SubtotalMinor, sale.Lines.Sum(l => l.GrossMinor - l.DiscountMinor));
        Compare(errors, "discountMinor", sale.DiscountMinor, sale.Lines.Sum(l => l.TicketDiscountMinor));
        Compare(errors, "taxMinor", sale.TaxMinor, sale.Lines.Sum(l => l.TaxMinor));
        Compare(errors, "totalMinor", sale.TotalMinor, sale.Lines.Sum(l => l.TotalMinor));
        return errors.ToRejection(SaleRules.TotalMismatch, "The sale's amounts do not add up. Nothing was recorded.");
    }

    private static void CheckLine(FieldErrors errors, SoldLine line, string path, bool pricesIncludeTax)
    {
        var afterDiscounts = line.GrossMinor - line.DiscountMinor - line.TicketDiscountMinor;
        errors.Require(afterDiscounts >= 0, $"{path}.discountMinor", "Must not take off more than the line costs.");
        Compare(errors, $"{path}.totalMinor", line.TotalMinor, pricesIncludeTax ? afterDiscounts : afterDiscounts + line.TaxMinor);
        errors.Require(line.TaxMinor <= line.TotalMinor, $"{path}.taxMinor", "Must not be more than the line's total.");
    }

    private static void Compare(FieldErrors errors, string path, long said, long summed) =>
        errors.Require(said == summed, path, $"Is {said}, but its parts come to {summed}.");
}
