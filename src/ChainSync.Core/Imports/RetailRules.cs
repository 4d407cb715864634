namespace ChainSync.Core.Imports;

/// <summary>A stated rule of the import.</summary>
/// <param name="Name">Stable, kebab case: the key of its count in reports.</param>
/// <param name="Explanation">One line for a person.</param>
/// <param name="IsFate">
/// True when the rule says what becomes of a line: every line that is read has exactly one such rule, so their counts sum to the
/// lines read. False when it remarks something besides.
/// </param>
public sealed record ImportRule(string Name, string Explanation, bool IsFate);

/// <summary>The rules of the <c>online-retail</c> format, in the order of reports.</summary>
public static class RetailRules
{
    /// <summary>Goods with a price, sold.</summary>
    public static readonly ImportRule Sold = Fate("sold", "goods with a price: a line of a sale, and stock goes out");

    /// <summary>A service with a price, sold.</summary>
    public static readonly ImportRule SoldService = Fate("sold-service", "postage, carriage, entries by hand, samples, gift vouchers: a line of a sale, no stock moves");

    /// <summary>Goods without a price that went out with a sale.</summary>
    public static readonly ImportRule SoldFree = Fate("sold-free", "goods without a price, to a named customer or beside priced goods: a line of a sale at 0, and stock goes out");

    /// <summary>Goods of a credit note.</summary>
    public static readonly ImportRule Refunded = Fate("refunded", "goods of a credit note (C…): a line of a refund, and stock comes back");

    /// <summary>A service of a credit note.</summary>
    public static readonly ImportRule RefundedService = Fate("refunded-service", "discounts, samples, postage and entries by hand of a credit note: a line of a refund, no stock moves");

    /// <summary>Goods that left without a sale.</summary>
    public static readonly ImportRule WrittenOff = Fate("written-off", "negative quantity without a price outside a credit note (damaged, lost, thrown away): stock goes out as a write-off");

    /// <summary>Goods that came without a sale.</summary>
    public static readonly ImportRule Found = Fate("found", "positive quantity without price, customer or priced goods beside it (found, counted, returned): stock comes in as found");

    /// <summary>The shop's own costs.</summary>
    public static readonly ImportRule Fee = Fate("set-aside-fee", "bank charges, marketplace fees, commissions: the shop's costs, not sales; set aside");

    /// <summary>Bad debt.</summary>
    public static readonly ImportRule BadDebt = Fate("set-aside-bad-debt", "adjustments for bad debt (A…, code B): the accounts', not sales; set aside");

    /// <summary>Nothing was sold and nothing moved.</summary>
    public static readonly ImportRule Nothing = Fate("set-aside-empty", "no quantity, or a service without a price: nothing happened; set aside");

    /// <summary>The line could not be read or contradicts itself.</summary>
    public static readonly ImportRule Rejected = Fate("rejected", "cannot be read or contradicts itself: in the rejects file with its reason");

    /// <summary>A refund line whose sale was found.</summary>
    public static readonly ImportRule Matched = Remark("refund-matched", "refund lines tied to the latest earlier sale line of that customer, product and price with enough left");

    /// <summary>A refund line without a sale.</summary>
    public static readonly ImportRule Unmatched = Remark("refund-without-sale", "refund lines for which no such sale line is known: a refund without a sale");

    /// <summary>A line that stands twice.</summary>
    public static readonly ImportRule Repeated = Remark("repeated-line", "the same product, quantity and price again on one invoice: kept, it was rung up again");

    /// <summary>No description.</summary>
    public static readonly ImportRule NoDescription = Remark("no-description", "no description: the product's usual one is taken");

    /// <summary>Not the product's name.</summary>
    public static readonly ImportRule OtherDescription = Remark("other-description", "described otherwise than the product is named: the product's name is its most frequent description");

    /// <summary>Code in small letters.</summary>
    public static readonly ImportRule LoweredSku = Remark("code-in-small-letters", "stock code written with small letters: read in capitals");

    /// <summary>A price finer than the currency.</summary>
    public static readonly ImportRule FinePrice = Remark("price-finer-than-penny", "unit price finer than a penny: rounded up, with a line discount that makes the amount exact to the penny");

    /// <summary>No customer.</summary>
    public static readonly ImportRule NoCustomer = Remark("no-customer", "no customer: an anonymous sale or refund");

    /// <summary>A customer from elsewhere.</summary>
    public static readonly ImportRule Abroad = Remark("abroad", "a country other than the United Kingdom: shown in the customer's name");

    /// <summary>Invoice time that does not exist in the store's zone.</summary>
    public static readonly ImportRule SkippedTime = Remark("time-skipped", "a local time that the clocks skipped in spring: read an hour later");

    /// <summary>There with another total.</summary>
    public static readonly ImportRule Differs = Remark("there-with-other-total", "invoices that are there already with another total than the file's: left as they are");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImportRule> All { get; } =
    [
        Sold, SoldService, SoldFree, Refunded, RefundedService, WrittenOff, Found, Fee, BadDebt, Nothing, Rejected,
        Matched, Unmatched, Repeated, NoDescription, OtherDescription, LoweredSku, FinePrice, NoCustomer, Abroad, SkippedTime, Differs,
    ];

    /// <summary>Whether lines of this fate become rows of the store.</summary>
    public static bool IsWritten(ImportRule fate) => fate == SoldService || fate == RefundedService || MovesStock(fate);

    /// <summary>Whether lines of this fate move stock.</summary>
    public static bool MovesStock(ImportRule fate) =>
        fate == Sold || fate == SoldFree || fate == Refunded || fate == WrittenOff || fate == Found;

    private static ImportRule Fate(string name, string explanation) => new(name, explanation, IsFate: true);

    private static ImportRule Remark(string name, string explanation) => new(name, explanation, IsFate: false);
}
