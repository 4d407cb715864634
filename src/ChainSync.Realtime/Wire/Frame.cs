using System.Buffers.Binary;
using System.Text;

namespace ChainSync.Realtime.Wire;

/// <summary>Server-to-client WebSocket frames (RFC 6455 §5.2): unmasked, so one array serves every receiver.</summary>
internal static class Frame
{
    private const byte Fin = 0x80;
    private const byte Compressed = 0x40;
    private const byte TextOpcode = 0x1;
    private const byte CloseOpcode = 0x8;
    private const byte OpcodeMask = 0x0F;
    private const int CloseCodeAt = 2;
    private const int MaxReasonBytes = 123;

    /// <summary>An empty protocol ping; the peer's answer is any byte it sends.</summary>
    public static readonly byte[] Ping = [Fin | 0x9, 0];

    /// <param name="payload">The text in UTF-8, or what compression made of it.</param>
    /// <param name="compressed">Whether the payload is compressed (RFC 7692 §6: the first reserved bit).</param>
    public static byte[] Text(ReadOnlySpan<byte> payload, bool compressed = false)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var wire = GC.AllocateUninitializedArray<byte>(header + payload.Length);
        wire[0] = (byte)(Fin | TextOpcode | (compressed ? Compressed : 0));
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

    public static ReadOnlyMemory<byte> Payload(byte[] wire) => wire.AsMemory(wire[1] switch { < 126 => 2, 126 => 4, _ => 10 });

    public static byte[] Close(int code, string reason)
    {
        Span<byte> text = stackalloc byte[MaxReasonBytes];
        Encoding.UTF8.TryGetBytes(reason, text, out var length);
        var wire = new byte[4 + length];
        wire[0] = Fin | CloseOpcode;
        wire[1] = (byte)(2 + length);
        BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(CloseCodeAt), (ushort)code);
        text[..length].CopyTo(wire.AsSpan(4));
        return wire;
    }

    /// <summary>The code of a close frame, 1005 when it carries none, or null when the bytes are another frame.</summary>
    public static int? CloseCode(ReadOnlySpan<byte> wire)
    {
        if (wire.Length < 2 || (wire[0] & OpcodeMask) != CloseOpcode) return null;
        return wire.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(wire[CloseCodeAt..]) : 1005;
    }
}
