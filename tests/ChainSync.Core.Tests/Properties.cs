using FsCheck;
using FsCheck.Fluent;

namespace ChainSync.Core.Tests;

/// <summary>Checks what must hold for every input. A failure prints the smallest input found and the seed that replays it.</summary>
internal static class Properties
{
    private const int Inputs = 2_000;

    public static void Hold<T>(Gen<T> inputs, Action<T> holds) => Hold(inputs, _ => [], holds);

    public static void Hold<T>(Gen<T> inputs, Func<T, IEnumerable<T>> smaller, Action<T> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Inputs).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(inputs, smaller), holds));

    /// <summary>Seeds for a generator of our own.</summary>
    public static Gen<ulong> Seeds { get; } = Gen.Choose(0, int.MaxValue).Select(seed => (ulong)seed);
}
