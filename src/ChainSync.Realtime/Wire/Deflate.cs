using System.IO.Compression;

namespace ChainSync.Realtime.Wire;

/// <summary>Compresses one message on its own (RFC 7692 §7.2.1 without context takeover).</summary>
internal static class Deflate
{
    /// <summary>Below this the saving does not pay for a client's inflating.</summary>
    private const int MinBytes = 128;

    /// <summary>What every flushed block ends with, and the sender leaves out.</summary>
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

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
}
