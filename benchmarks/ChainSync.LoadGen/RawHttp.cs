using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChainSync.LoadGen;

/// <summary>One keep-alive HTTP/1.1 connection that sends finished bytes and reads the answer's length: a client that costs next to nothing.</summary>
internal sealed class RawHttp : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 20];

    public static async Task<RawHttp> ConnectAsync(Uri server)
    {
        var http = new RawHttp();
        await http._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        return http;
    }

    /// <summary>A GET, ready to send any number of times.</summary>
    public static byte[] Get(string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n");

    /// <summary>A write under an operation id.</summary>
    public static byte[] Post(string path, string token, Guid operationId, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {operationId}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>The status.</returns>
    public async Task<int> SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var (length, head) = (0, -1);
        while (head < 0)
        {
            length += await ReceiveAsync(length);
            head = _buffer.AsSpan(0, length).IndexOf(HeadEnd);
        }
        await ReadBodyAsync(head + 4, length);
        return int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(int at)
    {
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(at));
        return received > 0 ? received : throw new EndOfStreamException("The server closed the connection.");
    }

    // Our server sends JSON chunked; the last chunk ends it.
    private async Task ReadBodyAsync(int body, int length)
    {
        var head = Encoding.ASCII.GetString(_buffer, 0, body);
        var mark = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (mark >= 0)
        {
            var wanted = body + int.Parse(head.AsSpan(mark + 16, head.IndexOf('\r', mark) - mark - 16), CultureInfo.InvariantCulture);
            while (length < wanted) length += await ReceiveAsync(length);
            return;
        }
        while (!_buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8)) length += await ReceiveAsync(length);
    }
}
