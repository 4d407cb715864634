using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Wire;

/// <summary>The kinds of frame there are (RFC 6455 §11.8).</summary>
internal enum Opcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>What stands before the payload of a client's frame (RFC 6455 §5.2).</summary>
/// <param name="Opcode">What it is.</param>
/// <param name="Final">Whether it ends its message.</param>
/// <param name="Compressed">Whether it begins a compressed message (RFC 7692 §6).</param>
/// <param name="Length">Bytes of payload.</param>
/// <param name="Mask">The four bytes of the masking key, as they lie in memory.</param>
internal readonly record struct FrameHead(Opcode Opcode, bool Final, bool Compressed, long Length, uint Mask)
{
    private const int MaxBytes = 14;
    private const int MaskBytes = 4;
    private const int MaxControlLength = 125;

    public bool IsControl => Opcode >= Opcode.Close;

    /// <summary>Takes a head off the front. False when not all of it has come, or when no client may send it.</summary>
    /// <param name="input">What has come.</param>
    /// <param name="head">The head.</param>
    /// <param name="fault">What is wrong with it, or null.</param>
    public static bool TryTake(ref ReadOnlySequence<byte> input, out FrameHead head, out string? fault)
    {
        head = default;
        fault = null;
        Span<byte> room = stackalloc byte[MaxBytes];
        var bytes = room[..(int)Math.Min(input.Length, MaxBytes)];
        input.Slice(0, bytes.Length).CopyTo(bytes);
        if (bytes.Length < 2) return false;
        fault = Fault(bytes[0], bytes[1]);
        var extended = (bytes[1] & 0x7F) switch { 126 => sizeof(ushort), 127 => sizeof(ulong), _ => 0 };
        if (fault is not null || bytes.Length < 2 + extended + MaskBytes) return false;
        var (length, shortest) = extended switch
        {
            0 => (bytes[1] & 0x7F, 0),
            sizeof(ushort) => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), MaxControlLength + 1),
            _ => (BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), ushort.MaxValue + 1L),
        };
        if (length < shortest)
        {
            fault = "a length is written in its shortest form";
            return false;
        }
        head = new((Opcode)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0, (bytes[0] & 0x40) != 0, length, MemoryMarshal.Read<uint>(bytes[(2 + extended)..]));
        input = input.Slice(2 + extended + MaskBytes);
        return true;
    }

    private static string? Fault(byte first, byte second)
    {
        var opcode = (Opcode)(first & 0x0F);
        if (opcode is (> Opcode.Binary and < Opcode.Close) or > Opcode.Pong) return "there is no such kind of frame";
        if ((first & 0x30) != 0) return "a reserved bit is set";
        if ((second & 0x80) == 0) return "a client masks its frames";
        return opcode >= Opcode.Close && ((first & 0x80) == 0 || (second & 0x7F) > MaxControlLength) ? "a control frame is short and whole" : null;
    }
}
