using System.Numerics;
using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Wire;

/// <summary>The masking of what clients send (RFC 6455 §5.3).</summary>
internal static class Masking
{
    private const int KeyBytes = 4;

    /// <summary>Unmasks, in place, a piece of a payload.</summary>
    /// <param name="piece">The bytes.</param>
    /// <param name="mask">The masking key, as it lies in memory.</param>
    /// <param name="offset">How many bytes of the same payload come before the piece.</param>
    public static void Unmask(Span<byte> piece, uint mask, long offset)
    {
        if (mask == 0) return;
        ReadOnlySpan<byte> key = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        Span<byte> turned = stackalloc byte[KeyBytes];
        for (var i = 0; i < KeyBytes; i++) turned[i] = key[(int)((offset + i) % KeyBytes)];
        var wide = new Vector<uint>(MemoryMarshal.Read<uint>(turned));
        var vectors = MemoryMarshal.Cast<byte, Vector<uint>>(piece);
        foreach (ref var vector in vectors) vector ^= wide;
        for (var i = vectors.Length * Vector<byte>.Count; i < piece.Length; i++) piece[i] ^= turned[i % KeyBytes];
    }
}
