using System.Collections.Frozen;

namespace ChainSync.Core;

/// <summary>A currency of ISO 4217 that a store can trade in. There is one instance of each.</summary>
public sealed class Currency
{
    // ISO 4217, list one: the active currencies a shop is likely to keep its books in, by their number of minor digits.
    private const string WithoutMinor = "CLP ISK JPY KRW PYG RWF UGX VND XAF XOF XPF";
    private const string WithTwoDigits =
        "AED ALL AMD ARS AUD AZN BAM BDT BOB BRL CAD CHF CNY COP CRC CZK DKK DOP DZD EGP EUR GBP GEL GHS GTQ HKD HNL HUF IDR ILS " +
        "INR JMD KES KZT LKR MAD MDL MKD MUR MXN MYR NAD NGN NIO NOK NPR NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TTD TWD " +
        "TZS UAH USD UYU UZS ZAR ZMW";
    private const string WithThreeDigits = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, Currency> Known =
        Each(WithoutMinor, 0).Concat(Each(WithTwoDigits, 2)).Concat(Each(WithThreeDigits, 3)).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);

    private Currency(string code, int digits) => (Code, Digits) = (code, digits);

    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = Known["EUR"];

    /// <summary>The pound sterling.</summary>
    public static Currency Gbp { get; } = Known["GBP"];

    /// <summary>The dollar of the United States.</summary>
    public static Currency Usd { get; } = Known["USD"];

    /// <summary>Every currency known here, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } = [.. Known.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>The three capital letters of ISO 4217.</summary>
    public string Code { get; }

    /// <summary>How many decimal digits the minor unit has: 0, 2 or 3.</summary>
    public int Digits { get; }

    /// <summary>How many minor units make a major one: 1, 100 or 1,000.</summary>
    public long MinorPerMajor => Digits switch { 0 => 1, 2 => 100, _ => 1_000 };

    /// <summary>The currency of that code, in capital letters as ISO writes it; <c>money.unknown-currency</c> if there is none here.</summary>
    public static Outcome<Currency> Parse(string? code) =>
        code is not null && Known.TryGetValue(code, out var currency)
            ? currency
            : Rejection.OfField(UnknownCode, "The currency is not known.", "currency", "Must be an ISO 4217 code, such as EUR.");

    /// <summary>The code of the refusal of an unknown currency.</summary>
    public const string UnknownCode = "money.unknown-currency";

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    private static IEnumerable<Currency> Each(string codes, int digits) => codes.Split(' ').Select(code => new Currency(code, digits));
}
