using System.Buffers.Binary;

namespace ChainSync.RealtimeBench.Clients;

/// <summary>WebSocket frames as a client needs them (RFC 6455 §5.2).</summary>
internal static class WireFrame
{
    public const byte Continuation = 0x0;
    public const byte Text = 0x1;
    public const byte Close = 0x8;
    public const byte Ping = 0x9;
    public const byte Pong = 0xA;

    private const int MaskBytes = 4;

    /// <summary>A frame to the server, masked as it must be; with a mask of zeros the payload stays as it is.</summary>
    public static byte[] Masked(byte opcode, ReadOnlySpan<byte> payload)
    {
        var head = payload.Length < 126 ? 2 : 4;
        var frame = new byte[head + MaskBytes + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        if (head == 2) frame[1] = (byte)(0x80 | payload.Length);
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }
        payload.CopyTo(frame.AsSpan(head + MaskBytes));
        return frame;
    }

    /// <summary>Takes the first whole frame off <paramref name="bytes"/>. False when it is not all there yet.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out byte opcode, out bool final, out ReadOnlySpan<byte> payload)
    {
        (opcode, final) = (0, false);
        payload = default;
        if (bytes.Length < 2) return false;
        long length = bytes[1];
        var head = length switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < head) return false;
        if (head == 4) length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (head == 10) length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (bytes.Length - head < length) return false;
        (opcode, final) = ((byte)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0);
        payload = bytes.Slice(head, (int)length);
        bytes = bytes[(head + (int)length)..];
        return true;
    }
}
