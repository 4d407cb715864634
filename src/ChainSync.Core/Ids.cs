using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChainSync.Core;

/// <summary>Makes UUIDv7 ids (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits.</summary>
/// <remarks>Ids name things; they never order them. Inside one millisecond v7 ids are unordered.</remarks>
public static class Ids
{
    /// <summary>A new id with the clock's present millisecond.</summary>
    /// <param name="clock">The clock to take the time from.</param>
    public static Guid New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        return Stamp(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>The id that a name has inside a scope, the same for ever: UUIDv8 (RFC 9562 §5.8) from SHA-256 of both.</summary>
    /// <param name="scope">The scope, for example a store's id.</param>
    /// <param name="name">The name inside the scope, for example <c>online-retail:invoice:536365</c>.</param>
    public static Guid Named(Guid scope, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData([.. scope.ToByteArray(bigEndian: true), .. System.Text.Encoding.UTF8.GetBytes(name)], digest);
        digest[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid Stamp(Span<byte> bytes, long unixMilliseconds)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, unchecked((ushort)(unixMilliseconds >> 32)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], unchecked((uint)unixMilliseconds));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
