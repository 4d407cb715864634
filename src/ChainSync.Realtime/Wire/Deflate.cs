using System.Buffers;
using System.IO.Compression;

namespace ChainSync.Realtime.Wire;

/// <summary>Compresses and inflates one message on its own (RFC 7692 §7.2 without context takeover).</summary>
internal static class Deflate
{
    /// <summary>Below this the saving does not pay for a client's inflating.</summary>
    private const int MinBytes = 128;

    private const int FirstBufferBytes = 4 << 10;

    /// <summary>What every flushed block ends with, and the sender leaves out.</summary>
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    /// <summary>The same, and the empty last block that ends a stream, so that a message cut short is told from a whole one.</summary>
    private static ReadOnlySpan<byte> End => [0x00, 0x00, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0xFF, 0xFF];

    /// <summary>The most that a message of so many bytes may become: what does not compress is stored in blocks with heads of their own.</summary>
    public static int MaxBytes(int inflated) => (int)Math.Min(int.MaxValue, inflated + 64L + (inflated >> 10));

    /// <summary>The payload as a compressed frame, or null when that would not be smaller.</summary>
    public static byte[]? Frame(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MinBytes) return null;
        using var bytes = new MemoryStream(payload.Length);
        using var deflate = new DeflateStream(bytes, CompressionLevel.Fastest);
        deflate.Write(payload);
        deflate.Flush();
        var flushed = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (!flushed.EndsWith(Tail) || flushed.Length - Tail.Length >= payload.Length) return null;
        return Wire.Frame.Text(flushed[..^Tail.Length], compressed: true);
    }

    /// <summary>
    /// Inflates a message into a buffer of the shared pool, which is the caller's to return. Stops a byte past the limit, whatever would
    /// follow; the buffer is null when the bytes are no compressed message.
    /// </summary>
    public static (byte[]? Buffer, int Length) Inflate(ReadOnlySpan<byte> message, int maxBytes)
    {
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(FirstBufferBytes), 0);
        try
        {
            using var deflated = new MemoryStream([.. message, .. End]);
            using var inflate = new DeflateStream(deflated, CompressionMode.Decompress);
            while (length <= maxBytes && inflate.Read(buffer, length, (int)Math.Min(buffer.Length - length, maxBytes + 1L - length)) is var read and > 0)
            {
                length += read;
                if (length == buffer.Length) buffer = Doubled(buffer);
            }
            return (buffer, length);
        }
        catch (InvalidDataException)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return (null, 0);
        }
    }

    private static byte[] Doubled(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
