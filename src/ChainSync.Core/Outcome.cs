using System.Diagnostics.CodeAnalysis;

namespace ChainSync.Core;

/// <summary>
/// What a rule decided: a value, or the <see cref="Core.Rejection"/> that says why not. Both convert implicitly, so a rule
/// returns either as it stands.
/// </summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    internal Outcome(T value) => _value = value;

    private Outcome(Rejection rejection) => Rejection = rejection;

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Rejection is null;

    /// <summary>Why there is no value; null when there is one.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused: asking for the value unasked is a bug of the caller's.</exception>
    public T Value => IsAccepted ? _value! : throw new InvalidOperationException($"Refused: {Rejection.Code}. {Rejection.Detail}");

    /// <summary>True with the value, or false with the refusal.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Rejection? rejection)
    {
        value = _value;
        rejection = Rejection;
        return IsAccepted;
    }

    /// <summary>The answer of the arm that fits.</summary>
    public TResult Match<TResult>(Func<T, TResult> accepted, Func<Rejection, TResult> rejected)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(rejected);
        return IsAccepted ? accepted(_value!) : rejected(Rejection);
    }

    /// <summary>The value put through <paramref name="map"/>; a refusal passes as it is.</summary>
    public Outcome<TResult> Map<TResult>(Func<T, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return IsAccepted ? new Outcome<TResult>(map(_value!)) : Rejection;
    }

    /// <summary>The next decision, taken on the value; a refusal passes as it is.</summary>
    public Outcome<TResult> Then<TResult>(Func<T, Outcome<TResult>> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return IsAccepted ? next(_value!) : Rejection;
    }

    /// <summary>Accepts <paramref name="value"/>.</summary>
    public static implicit operator Outcome<T>(T value) => new(value);

    /// <summary>Refuses with <paramref name="rejection"/>.</summary>
    public static implicit operator Outcome<T>(Rejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new Outcome<T>(rejection);
    }
}

/// <summary>Makes outcomes where an implicit conversion cannot: C# converts no interface types.</summary>
public static class Outcome
{
    /// <summary>Accepts <paramref name="value"/>.</summary>
    public static Outcome<T> Of<T>(T value) => new(value);
}
