using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ChainSync.Realtime.Tests;

/// <summary>A client of bare bytes, for what a well-behaved one would never send or show. It has just been upgraded.</summary>
public sealed class RawClient : IAsyncDisposable
{
    private const byte Fin = 0x80;
    private const byte Rsv1 = 0x40;
    private const byte Masked = 0x80;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawClient(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    /// <summary>What the server answered to the offer of extensions, or null.</summary>
    public string? Extensions { get; private set; }

    /// <param name="host">The server.</param>
    /// <param name="extensions">What is offered.</param>
    /// <param name="frames">What is sent in one packet with the request, before its answer.</param>
    public static async Task<RawClient> OpenAsync(HubHost host, string? extensions, params byte[] frames)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(host.Address.Host, host.Address.Port);
        var client = new RawClient(tcp);
        var offer = extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        var request = Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n");
        await client._stream.WriteAsync((byte[])[.. request, .. frames]);
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        client.Extensions = head.Split("\r\n")
            .Select(line => line.Split(": ", 2))
            .FirstOrDefault(header => header[0].Equals("Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase))?[1];
        return client;
    }

    /// <summary>Sends one text message, masked with zeros.</summary>
    public async Task SendAsync(byte[] payload, bool compressed = false, int fragments = 1)
    {
        var parts = payload.Chunk((payload.Length + fragments - 1) / fragments).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var first = (byte)((i == 0 ? 0x1 | (compressed ? Rsv1 : 0) : 0) | (i == parts.Count - 1 ? Fin : 0));
            try
            {
                await _stream.WriteAsync((byte[])[first, .. Length(parts[i].Length), 0, 0, 0, 0, .. parts[i]]);
            }
            catch (IOException)
            {
                // Cut in the middle: what the server had to say has been sent.
            }
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(byte[] wire) => await _stream.WriteAsync(wire);

    /// <summary>The next frame of any kind but ping.</summary>
    public async Task<(byte[] Payload, bool Compressed)> ReadAsync()
    {
        var (first, payload) = await ReadFrameAsync();
        Assert.Equal(0x1, first & 0x0F);
        return (payload, (first & Rsv1) != 0);
    }

    /// <summary>The next frame: its first byte, and what it carries.</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadBytesAsync(2);
        var length = head[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadBytesAsync(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadBytesAsync(8)),
            var small => small,
        };
        return (head[0], await ReadBytesAsync(length));
    }

    /// <summary>Reads on to the close frame and checks its code.</summary>
    public async Task ExpectCloseAsync(int code)
    {
        while (true)
        {
            var (first, payload) = await ReadFrameAsync();
            if ((first & 0x0F) != 0x8) continue;
            Assert.Equal(code, BinaryPrimitives.ReadUInt16BigEndian(payload));
            return;
        }
    }

    /// <summary>Reads on until the server ends the connection, with a close frame or without.</summary>
    public async Task ExpectEndAsync()
    {
        try
        {
            while ((await ReadFrameAsync()).First != (Fin | 0x8))
            {
            }
        }
        catch (IOException)
        {
            // Cut: an end, too.
        }
    }

    /// <summary>Waits for the end of the line, with nothing more before it.</summary>
    public async Task ExpectNothingMoreAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(0, await _stream.ReadAsync(new byte[1], patience.Token));
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadBytesAsync(1))[0]);
        return head.ToString();
    }

    private async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        using var patience = new CancellationTokenSource(Patience);
        await _stream.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    private static byte[] Length(int bytes)
    {
        if (bytes < 126) return [(byte)(Masked | bytes)];
        if (bytes <= ushort.MaxValue) return [Masked | 126, (byte)(bytes >> 8), (byte)bytes];
        var length = new byte[9];
        length[0] = Masked | 127;
        BinaryPrimitives.WriteUInt64BigEndian(length.AsSpan(1), (ulong)bytes);
        return length;
    }
}
