using ChainSync.Core.Pricing;

namespace ChainSync.Server.Features.Sales;

/// <summary>The words that stand for enums in columns and frames; the same as in JSON.</summary>
internal static class Words
{
    public static string Of(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "cash",
        PaymentMethod.Card => "card",
        PaymentMethod.Voucher => "voucher",
        PaymentMethod.Credit => "credit",
        PaymentMethod.Other => "other",
        _ => "unknown",
    };

    public static PaymentMethod ToMethod(string word) => word switch
    {
        "cash" => PaymentMethod.Cash,
        "card" => PaymentMethod.Card,
        "voucher" => PaymentMethod.Voucher,
        "credit" => PaymentMethod.Credit,
        "other" => PaymentMethod.Other,
        _ => PaymentMethod.Unknown,
    };

    /// <summary>The method of a whole sale: its payments' one method, or <c>split</c>.</summary>
    public static string MethodOf(IReadOnlyList<Payment> payments) =>
        payments.Select(p => p.Method).Distinct().ToList() is [var only] ? Of(only) : "split";
}
