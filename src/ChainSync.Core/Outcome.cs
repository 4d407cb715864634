using System.Diagnostics.CodeAnalysis;

namespace ChainSync.Core;

/// <summary>A value, or the reason why there is none. Exceptions stay for bugs and broken I/O.</summary>
/// <typeparam name="T">What success gives.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Rejection? rejection) => (_value, Rejection) = (value, rejection);

    /// <summary>Whether there is a value; then <see cref="Rejection"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsOk => Rejection is null;

    /// <summary>Why there is no value, or null.</summary>
    public Rejection? Rejection { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: ask <see cref="IsOk"/> first.</exception>
    public T Value => Rejection is null ? _value! : throw new InvalidOperationException($"No value: {Rejection.Code}");

    /// <summary>A success.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    /// <param name="rejection">The reason.</param>
    public static implicit operator Outcome<T>(Rejection rejection) => new(default, rejection);

    /// <summary>Goes on with one of two ways.</summary>
    /// <param name="ok">For a value.</param>
    /// <param name="rejected">For a refusal.</param>
    public TResult Match<TResult>(Func<T, TResult> ok, Func<Rejection, TResult> rejected) =>
        Rejection is null ? ok(_value!) : rejected(Rejection);
}
