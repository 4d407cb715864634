using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;
using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime.Connections;

/// <summary>
/// Makes messages of the bytes a client sends, as strictly as RFC 6455 (§5) and RFC 7692 (§6.2) say. It holds a buffer only while a
/// message is under way, grown by what has come and never by what a frame announces.
/// </summary>
/// <param name="deflate">Whether permessage-deflate was agreed.</param>
internal sealed class MessageReader(bool deflate)
{
    private const int FirstBufferBytes = 4 << 10;
    private const string TooBig = "the message is too big";

    private FrameHead _head;
    private long _taken;
    private byte[]? _buffer;
    private int _length;
    private bool _inFrame;
    private bool _inMessage;
    private bool _compressed;
    private bool _skip;
    private bool _broken;

    /// <summary>Takes the next thing off the front of what has come.</summary>
    /// <param name="input">What has come; what is taken is cut off.</param>
    /// <param name="maxBytes">Largest message, over all its fragments and inflated.</param>
    /// <param name="skip">Whether messages are of no more use, from here on: only control frames are told.</param>
    public Incoming Read(ref ReadOnlySequence<byte> input, int maxBytes, bool skip)
    {
        _skip |= skip;
        if (!_inMessage || _skip) Release();
        Incoming? found = null;
        while (found is null) found = Step(ref input, maxBytes);
        return found.Value;
    }

    /// <summary>Gives the buffer back; the payload of a text is gone with it.</summary>
    public void Release()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = (null, 0);
    }

    /// <summary>Goes one head, control frame or piece of a payload further. Null when there may be more to find.</summary>
    private Incoming? Step(ref ReadOnlySequence<byte> input, int maxBytes)
    {
        if (_broken)
        {
            input = input.Slice(input.End);
            return default(Incoming);
        }
        if (!_inFrame) return Begin(ref input);
        if (_head.IsControl) return Control(ref input);
        if (!_skip && Refusal(maxBytes) is { } refused) return refused;
        Take(ref input);
        if (_taken < _head.Length) return default(Incoming);
        _inFrame = false;
        if (!_head.Final) return null;
        _inMessage = false;
        return _skip ? null : Whole(maxBytes);
    }

    private Incoming? Begin(ref ReadOnlySequence<byte> input)
    {
        if (!FrameHead.TryTake(ref input, out _head, out var fault)) return fault is null ? default(Incoming) : Break(fault);
        var continues = _head.Opcode == Opcode.Continuation;
        if (_head.Compressed && (!deflate || continues || _head.IsControl)) return Break("a reserved bit is set");
        if (!_head.IsControl)
        {
            if (continues != _inMessage) return Break(continues ? "there is nothing to continue" : "a message ends before the next begins");
            if (!continues) _compressed = _head.Compressed;
            _inMessage = true;
        }
        (_inFrame, _taken) = (true, 0);
        return null;
    }

    private Incoming? Control(ref ReadOnlySequence<byte> input)
    {
        if (input.Length < _head.Length) return default(Incoming);
        var payload = input.Slice(0, _head.Length).ToArray();
        Masking.Unmask(payload, _head.Mask, 0);
        input = input.Slice(_head.Length);
        _inFrame = false;
        return _head.Opcode switch
        {
            Opcode.Ping => new(Arrived.Ping, payload),
            Opcode.Close => Closing(payload),
            _ => null,
        };
    }

    /// <summary>A client's close frame (§5.5.1 and §7.4).</summary>
    private Incoming Closing(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return new(Arrived.Close);
        if (payload.Length < sizeof(ushort)) return Break("a close code is two bytes");
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999))) return Break("there is no such close code");
        return Utf8.IsValid(payload[sizeof(ushort)..])
            ? new(Arrived.Close, Code: (HubCloseCode)code)
            : Break("the reason is not UTF-8", HubCloseCode.InvalidText);
    }

    private Incoming? Refusal(int maxBytes)
    {
        if (_head.Opcode == Opcode.Binary) return Refuse(HubCloseCode.UnsupportedData, "text only");
        var most = _compressed ? Deflate.MaxBytes(maxBytes) : maxBytes;
        return _head.Length - _taken > most - _length ? Refuse(HubCloseCode.TooBig, TooBig) : null;
    }

    /// <summary>Takes as much of the frame's payload as has come.</summary>
    private void Take(ref ReadOnlySequence<byte> input)
    {
        var count = (int)Math.Min(input.Length, _head.Length - _taken);
        if (!_skip && count > 0)
        {
            Reserve(count);
            var piece = _buffer.AsSpan(_length, count);
            input.Slice(0, count).CopyTo(piece);
            Masking.Unmask(piece, _head.Mask, _taken);
            _length += count;
        }
        _taken += count;
        input = input.Slice(count);
    }

    private void Reserve(int count)
    {
        if (_buffer is { } held && held.Length - _length >= count) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBufferBytes, Math.Max(2 * _length, _length + count)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        var length = _length;
        Release();
        (_buffer, _length) = (larger, length);
    }

    private Incoming Whole(int maxBytes)
    {
        if (_compressed)
        {
            var (inflated, length) = Deflate.Inflate(_buffer.AsSpan(0, _length), maxBytes);
            Release();
            if (inflated is null) return Refuse(HubCloseCode.InvalidText, "the message does not inflate");
            (_buffer, _length) = (inflated, length);
            if (length > maxBytes) return Refuse(HubCloseCode.TooBig, TooBig);
        }
        var text = _buffer.AsMemory(0, _length);
        return Utf8.IsValid(text.Span) ? new(Arrived.Text, text) : Refuse(HubCloseCode.InvalidText, "the text is not UTF-8");
    }

    /// <summary>The frames after this one can still be told apart, and the client's close among them.</summary>
    private Incoming Refuse(HubCloseCode code, string reason)
    {
        _skip = true;
        return new(Arrived.Refused, Code: code, Reason: reason);
    }

    /// <summary>Where the next frame would begin is anyone's guess.</summary>
    private Incoming Break(string reason, HubCloseCode code = HubCloseCode.ProtocolError)
    {
        _broken = true;
        return new(Arrived.Refused, Code: code, Reason: reason);
    }
}
