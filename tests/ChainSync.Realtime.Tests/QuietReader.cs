using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChainSync.Realtime.Tests;

/// <summary>A subscriber that reads on the caller's thread and allocates nothing while it does.</summary>
public sealed class QuietReader : IDisposable
{
    /// <summary>A frame's header, for the lengths sent here (RFC 6455 §5.2).</summary>
    private const int HeaderBytes = 4;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    private readonly byte[] _buffer = new byte[1 << 10];

    private QuietReader()
    {
    }

    /// <summary>Connects, signs in and follows a channel.</summary>
    public static QuietReader Subscribe(HubHost host, string token, string channel)
    {
        var reader = new QuietReader();
        reader._socket.Connect(IPAddress.Loopback, host.Address.Port);
        reader._socket.Send(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        reader.Until("\"welcome\"");
        reader.Say($$$"""{"type":"auth","data":{"token":"{{{token}}}"}}""");
        reader.Until("\"authenticated\"");
        reader.Say($$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}"}}""");
        reader.Until("\"subscribed\"");
        return reader;
    }

    /// <summary>Reads this event's frame, which must be what comes next.</summary>
    public void Skip(HubEvent hubEvent)
    {
        var frame = _buffer.AsSpan(0, HeaderBytes + hubEvent.Json.Length);
        for (var rest = frame; !rest.IsEmpty;)
        {
            var received = _socket.Receive(rest);
            if (received == 0) throw new EndOfStreamException("The hub closed.");
            rest = rest[received..];
        }
        if (!frame[HeaderBytes..].SequenceEqual(hubEvent.Json.Span)) throw new InvalidDataException("Another frame came than the one due.");
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>What the hub sends on its own ends with a closing brace, so a read that ends there is whole.</summary>
    private void Until(string mark)
    {
        var text = "";
        while (!text.Contains(mark, StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            var received = _socket.Receive(_buffer);
            if (received == 0) throw new EndOfStreamException($"The hub closed before {mark}.");
            text += Encoding.ASCII.GetString(_buffer, 0, received);
        }
    }

    private void Say(string text)
    {
        var payload = Encoding.ASCII.GetBytes(text);
        _socket.Send((byte[])[0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
    }
}
