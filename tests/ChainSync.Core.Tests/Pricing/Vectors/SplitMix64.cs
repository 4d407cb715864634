namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>
/// A small random generator whose numbers are the same on every machine and in every release, which System.Random does not
/// promise: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public bool Chance(int percent) => Between(1, 100) <= percent;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[(int)Between(0, choices.Length - 1)];

    /// <summary>Any number of digits up to <paramref name="most"/>'s is equally likely: small and large amounts, not only large ones.</summary>
    public long Magnitude(long most)
    {
        var digits = Between(1, most.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        return Math.Min(most, Between(0, (long)Math.Pow(10, digits) - 1));
    }
}
