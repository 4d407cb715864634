using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChainSync.Core;

/// <summary>Makes the ids of everything ChainSync creates.</summary>
public static class Ids
{
    /// <summary>
    /// A new UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds from <paramref name="clock"/>, then the
    /// version, the variant and 74 random bits from the system's cryptographic generator.
    /// </summary>
    /// <remarks>
    /// Ids of one millisecond are in no order, and clocks of devices differ: never sort by id. Order is the change log's sequence.
    /// </remarks>
    /// <exception cref="OverflowException">The clock stands before 1970 or after the year 10889.</exception>
    public static Guid New(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = checked((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64BigEndian(bytes, milliseconds << 16);
        RandomNumberGenerator.Fill(bytes[6..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// The id that <paramref name="name"/> has inside <paramref name="scope"/>, the same for ever: a UUID version 8 (RFC 9562,
    /// section 5.8) from the SHA-256 of both. Whoever imports the same thing twice names it alike both times.
    /// </summary>
    public static Guid Named(Guid scope, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bytes = SHA256.HashData([.. scope.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
