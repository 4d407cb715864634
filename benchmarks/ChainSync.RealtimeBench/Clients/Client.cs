using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChainSync.RealtimeBench.Clients;

/// <summary>One WebSocket client: a raw socket, a handshake made by hand, and just enough parsing to find whole messages.</summary>
internal sealed class Client : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>The key of the example in RFC 6455 §1.3, and the answer it must get.</summary>
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Poller _poller;
    private readonly Crowd _crowd;
    private readonly IReadOnlyList<(string Say, string Hear)> _steps;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _tag;
    private ArrayBufferWriter<byte>? _message;
    private byte[] _rest = [];
    private int _step = -1;
    private bool _leaving;

    /// <summary>Connects and asks for the upgrade; the poller carries it on from there.</summary>
    public Client(Crowd crowd, Poller poller, IPAddress from, IPEndPoint to, Dialect dialect, string token, string channel)
    {
        (_crowd, _poller) = (crowd, poller);
        _steps = dialect.Steps(token, channel);
        _socket.Bind(new IPEndPoint(from, 0));
        _socket.Connect(to);
        _tag = poller.Add(this);
        Send(Encoding.ASCII.GetBytes(
            $"GET {dialect.Target(token)} HTTP/1.1\r\nHost: {to}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n\r\n"));
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>The position due next; the crowd keeps it.</summary>
    public long Next { get; set; }

    /// <summary>Echoes under way; the crowd keeps it.</summary>
    public int Outstanding { get; set; }

    /// <summary>Answers in what was read last, each of which lets a new echo go; the crowd keeps it.</summary>
    public int Answered { get; set; }

    /// <summary>Whether the server has closed after <see cref="Leave"/>.</summary>
    public bool Left { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        // The socket blocks, and what is sent here is far below any buffer.
        if (_socket.Send(bytes) != bytes.Length) throw new IOException("The socket took only a part.");
    }

    /// <summary>Says goodbye; what still arrives is dropped.</summary>
    public void Leave()
    {
        _leaving = true;
        Send(WireFrame.Masked(WireFrame.Close, [0x03, 0xE8]));
    }

    /// <summary>Reads once and hands on every whole message.</summary>
    public void Read(byte[] buffer)
    {
        _rest.CopyTo(buffer, 0);
        var received = _socket.Receive(buffer.AsSpan(_rest.Length), SocketFlags.None, out var error);
        if (_leaving)
        {
            _rest = [];
            if (received == 0 || error != SocketError.Success) End();
            return;
        }
        if (received == 0 || error != SocketError.Success) throw new IOException($"{_crowd.Name} cut a connection ({error}).");
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, _rest.Length + received);
        if (_step >= 0 || TakeUpgrade(ref bytes)) TakeFrames(ref bytes, Stopwatch.GetTimestamp());
        if (Answered > 0) _crowd.SendMore(this);
        if (bytes.Length == buffer.Length) throw new InvalidDataException("A message is larger than the buffer.");
        _rest = bytes.IsEmpty ? [] : bytes.ToArray();
    }

    public void Dispose()
    {
        if (!Left) End();
    }

    private void End()
    {
        Left = true;
        _socket.Dispose();
        _poller.Remove(_tag);
    }

    private bool TakeUpgrade(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(HeadEnd);
        if (end < 0) return false;
        var head = Encoding.ASCII.GetString(bytes[..end]);
        if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) || !head.Contains(Accept, StringComparison.Ordinal))
            throw new InvalidDataException($"{_crowd.Name} did not upgrade: {head}");
        bytes = bytes[(end + HeadEnd.Length)..];
        NextStep();
        return true;
    }

    private void TakeFrames(ref ReadOnlySpan<byte> bytes, long now)
    {
        while (WireFrame.TryTake(ref bytes, out var opcode, out var final, out var payload))
        {
            switch (opcode)
            {
                case WireFrame.Close:
                    throw new IOException($"{_crowd.Name} closed a connection with {(payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1])}: {Encoding.UTF8.GetString(payload[Math.Min(2, payload.Length)..])}");
                case WireFrame.Ping:
                    Send(WireFrame.Masked(WireFrame.Pong, payload));
                    break;
                case WireFrame.Pong:
                    break;
                default:
                    TakePart(payload, final, now);
                    break;
            }
        }
    }

    /// <summary>Joins the fragments of a message; most come as one.</summary>
    private void TakePart(ReadOnlySpan<byte> part, bool final, long now)
    {
        if (final && _message is null)
        {
            Take(part, now);
            return;
        }
        _message ??= new();
        _message.Write(part);
        if (!final) return;
        Take(_message.WrittenSpan, now);
        _message = null;
    }

    private void Take(ReadOnlySpan<byte> message, long now)
    {
        if (_step == _steps.Count) _crowd.Take(this, message, now);
        else if (message.IndexOf(Encoding.UTF8.GetBytes(_steps[_step].Hear)) >= 0) NextStep();
    }

    private void NextStep()
    {
        if (++_step < _steps.Count) Send(Dialect.Framed(_steps[_step].Say));
        else _crowd.Joined(this, Stopwatch.GetElapsedTime(_started));
    }
}
