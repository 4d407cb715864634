using System.Globalization;

namespace ChainSync.Core;

/// <summary>
/// An amount of one currency in whole minor units (cents, yen, fils). Arithmetic is exact and checked: it throws
/// <see cref="OverflowException"/> rather than wrap, and <see cref="InvalidOperationException"/> rather than mix currencies.
/// </summary>
/// <param name="Minor">The amount in minor units; any sign.</param>
/// <param name="Currency">The currency, which also says how many minor units make a major one.</param>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>The sum of two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency)), left.Currency);

    /// <summary>The difference of two amounts of one currency.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency)), left.Currency);

    /// <summary>The amount with the other sign.</summary>
    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);

    /// <summary>The amount so many times.</summary>
    public static Money operator *(Money money, long times) => new(checked(money.Minor * times), money.Currency);

    /// <summary>Whether the left amount is less, in one currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is more, in one currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is not more, in one currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is not less, in one currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Minor.CompareTo(other.In(Currency));

    /// <summary><c>round(amount × ratePpm ÷ 1,000,000)</c>, in minor units.</summary>
    /// <param name="ratePpm">Parts per million; 190,000 is 19 %.</param>
    /// <param name="rounding">Where a half goes.</param>
    public Money Percent(long ratePpm, Rounding rounding = Rounding.HalfAwayFromZero) =>
        new(rounding.Scale(Minor, ratePpm, Units.PpmPerUnit), Currency);

    /// <summary>The amount spread over <paramref name="weights"/>: see <see cref="LargestRemainder.Spread"/>. The parts sum to it exactly.</summary>
    /// <exception cref="ArgumentException">A weight is negative, or all weights are zero and the amount is not.</exception>
    public Money[] Allocate(params ReadOnlySpan<long> weights)
    {
        var currency = Currency;
        return Array.ConvertAll(LargestRemainder.Spread(Minor, weights), minor => new Money(minor, currency));
    }

    /// <summary>The amount in major units after its currency, the same in every culture, such as <c>EUR -12.34</c>: for logs, not for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Currency} {((decimal)Minor / Currency.MinorPerMajor).ToString($"F{Currency.Digits}", CultureInfo.InvariantCulture)}");

    private long In(Currency currency) =>
        Currency == currency ? Minor : throw new InvalidOperationException($"{Currency} and {currency} do not mix.");
}
