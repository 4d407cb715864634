namespace ChainSync.Core.Imports;

/// <summary>What a stock code of the file stands for.</summary>
public enum RetailCodeKind
{
    /// <summary>Something on a shelf.</summary>
    Goods,

    /// <summary>Charged or credited to the customer without goods: postage, carriage, entries by hand, discounts, samples, gift vouchers.</summary>
    Service,

    /// <summary>The shop's own costs: bank charges, marketplace fees, commissions. No customer pays them.</summary>
    Fee,

    /// <summary>Written in the accounts because a customer did not pay.</summary>
    BadDebt,
}

/// <summary>The codes that are not goods.</summary>
public static class RetailCode
{
    private const string GiftVoucherPrefix = "GIFT_";

    private static readonly Dictionary<string, RetailCodeKind> Known = new(StringComparer.Ordinal)
    {
        ["POST"] = RetailCodeKind.Service,
        ["DOT"] = RetailCodeKind.Service,
        ["C2"] = RetailCodeKind.Service,
        ["C3"] = RetailCodeKind.Service,
        ["M"] = RetailCodeKind.Service,
        ["D"] = RetailCodeKind.Service,
        ["S"] = RetailCodeKind.Service,
        ["BANK CHARGES"] = RetailCodeKind.Fee,
        ["AMAZONFEE"] = RetailCodeKind.Fee,
        ["CRUK"] = RetailCodeKind.Fee,
        ["B"] = RetailCodeKind.BadDebt,
    };

    /// <summary>What a code in capitals stands for; every code that is not known is goods.</summary>
    public static RetailCodeKind KindOf(string sku)
    {
        ArgumentNullException.ThrowIfNull(sku);
        if (Known.TryGetValue(sku, out var kind)) return kind;
        return sku.StartsWith(GiftVoucherPrefix, StringComparison.Ordinal) ? RetailCodeKind.Service : RetailCodeKind.Goods;
    }
}
