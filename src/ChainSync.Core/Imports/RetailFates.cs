namespace ChainSync.Core.Imports;

/// <summary>Decides what becomes of a line.</summary>
public static class RetailFates
{
    /// <summary>The rule of a line that says what becomes of it; <see cref="RetailRules.Rejected"/> has a <see cref="WhyRejected"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSale">Whether its invoice names a customer or sells something for a price.</param>
    public static ImportRule Of(in RetailLine line, bool isSale)
    {
        var kind = RetailCode.KindOf(line.Sku);
        if (line.Invoice[0] == 'A' || kind == RetailCodeKind.BadDebt) return RetailRules.BadDebt;
        if (kind == RetailCodeKind.Fee) return RetailRules.Fee;
        if (WhyRejected(line) is not null) return RetailRules.Rejected;
        var isService = kind == RetailCodeKind.Service;
        if (line.Quantity == 0 || (isService && line.PriceMicros == 0)) return RetailRules.Nothing;
        if (line.Invoice[0] == 'C') return isService ? RetailRules.RefundedService : RetailRules.Refunded;
        if (line.Quantity < 0) return RetailRules.WrittenOff;
        if (line.PriceMicros > 0) return isService ? RetailRules.SoldService : RetailRules.Sold;
        return isSale ? RetailRules.SoldFree : RetailRules.Found;
    }

    /// <summary>What contradicts itself in a line, or null.</summary>
    public static string? WhyRejected(in RetailLine line)
    {
        if (line.PriceMicros < 0) return "The price is negative, and it is no adjustment of accounts.";
        return line switch
        {
            { Quantity: > 0 } when line.Invoice[0] == 'C' => "A credit note with a positive quantity.",
            { Quantity: < 0, PriceMicros: > 0 } when line.Invoice[0] != 'C' => "A negative quantity with a price outside a credit note.",
            _ => null,
        };
    }
}
