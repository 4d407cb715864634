using System.Buffers.Binary;
using System.Text;

namespace ChainSync.Realtime.Wire;

/// <summary>Server-to-client WebSocket frames (RFC 6455 §5.2): unmasked, so one array serves every receiver.</summary>
internal static class Frame
{
    private const byte Fin = 0x80;
    private const byte Compressed = 0x40;
    private const int CloseCodeAt = 2;
    private const int MaxReasonBytes = 123;

    /// <summary>An empty protocol ping; the peer's answer is any byte it sends.</summary>
    public static readonly byte[] Ping = [Fin | (byte)Opcode.Ping, 0];

    /// <param name="payload">The text in UTF-8, or what compression made of it.</param>
    /// <param name="compressed">Whether the payload is compressed (RFC 7692 §6: the first reserved bit).</param>
    public static byte[] Text(ReadOnlySpan<byte> payload, bool compressed = false)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var wire = GC.AllocateUninitializedArray<byte>(header + payload.Length);
        wire[0] = (byte)(Fin | (byte)Opcode.Text | (compressed ? Compressed : 0));
        if (header == 2) wire[1] = (byte)payload.Length;
        else if (header == 4)
        {
            wire[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(2), (ushort)payload.Length);
        }
        else
        {
            wire[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(wire.AsSpan(2), (ulong)payload.Length);
        }
        payload.CopyTo(wire.AsSpan(header));
        return wire;
    }

    /// <summary>The answer to a ping.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => [Fin | (byte)Opcode.Pong, (byte)payload.Length, .. payload];

    public static ReadOnlyMemory<byte> Payload(byte[] wire) => wire.AsMemory(wire[1] switch { < 126 => 2, 126 => 4, _ => 10 });

    public static byte[] Close(int code, string reason)
    {
        Span<byte> text = stackalloc byte[MaxReasonBytes];
        Encoding.UTF8.TryGetBytes(reason, text, out var length);
        var wire = new byte[4 + length];
        wire[0] = Fin | (byte)Opcode.Close;
        wire[1] = (byte)(2 + length);
        BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(CloseCodeAt), (ushort)code);
        text[..length].CopyTo(wire.AsSpan(4));
        return wire;
    }
}
