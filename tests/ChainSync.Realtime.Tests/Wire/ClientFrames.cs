using System.Buffers.Binary;

namespace ChainSync.Realtime.Tests.Wire;

/// <summary>Frames as a client sends them, masked byte by byte as RFC 6455 §5.3 puts it.</summary>
internal static class ClientFrames
{
    /// <param name="first">The first byte: the flags and the kind of frame.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="random">Where the masking key comes from; the RFC's example without.</param>
    public static byte[] Of(byte first, ReadOnlySpan<byte> payload, Random? random = null)
    {
        byte[] key = [0x37, 0xFA, 0x21, 0x3D];
        random?.NextBytes(key);
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++) masked[i] ^= key[i % 4];
        return [first, .. Length(payload.Length), .. key, .. masked];
    }

    private static byte[] Length(int length)
    {
        if (length < 126) return [(byte)(0x80 | length)];
        if (length <= ushort.MaxValue) return [0x80 | 126, (byte)(length >> 8), (byte)length];
        var bytes = new byte[9];
        bytes[0] = 0x80 | 127;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), length);
        return bytes;
    }
}
