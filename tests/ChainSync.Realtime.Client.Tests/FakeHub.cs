using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>A hub whose every word, and every silence, is the test's: a bare TCP listener that can also speak half a frame.</summary>
[SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1 in the handshake.")]
internal sealed class FakeHub : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeHub() => _listener.Start();

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/ws");

    /// <summary>The next client's line, after the WebSocket handshake.</summary>
    public async Task<FakeLine> AcceptAsync()
    {
        var line = await AcceptSilentlyAsync();
        var key = line.Request.Split("\r\n").Single(h => h.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await line.SendRawAsync($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        return line;
    }

    /// <summary>The next client's line, with its request read and not answered.</summary>
    public async Task<FakeLine> AcceptSilentlyAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync().WaitAsync(Soon.Patience);
            // The platform may open a line and think better of it.
            if (await ReadRequestAsync(client.GetStream()) is { } request) return new(client, request);
            client.Dispose();
        }
    }

    /// <summary>Answers the next client as a proxy without a server behind it.</summary>
    public async Task TurnAwayAsync()
    {
        using var line = await AcceptSilentlyAsync();
        await line.SendRawAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    /// <summary>The next client's line, signed in.</summary>
    public async Task<FakeLine> SignInAsync(long expiresInMs = 900_000, string? token = null)
    {
        var line = await AcceptAsync();
        await line.SayAsync("welcome", """{"version":1,"heartbeatMs":30000,"authTimeoutMs":10000}""");
        var auth = await line.ExpectAsync("auth");
        if (token is not null) Assert.Equal(token, auth.GetProperty("token").GetString());
        await line.SayAsync("authenticated", $$$"""{"user":{"id":"u","role":"manager"},"expiresInMs":{{{expiresInMs}}}}""");
        return line;
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) return null;
            request.Append((char)one[0]);
        }
        return request.ToString();
    }
}

/// <summary>The server's end of one connection.</summary>
internal sealed class FakeLine : IDisposable
{
    private readonly TcpClient _client;
    private readonly WebSocket _socket;
    private readonly byte[] _buffer = new byte[64 << 10];

    public FakeLine(TcpClient client, string request)
    {
        (_client, Request) = (client, request);
        _socket = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
    }

    public string Request { get; }

    public Task SendRawAsync(string text) => SendRawAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await _client.GetStream().WriteAsync(bytes);

    public Task SayAsync(string type, string data = "{}") => SayAsync($$"""{"type":"{{type}}","data":{{data}}}""");

    public Task SayAsync(string frame) => _socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SubscribedAsync(string channel, long seq, bool recovered = false, string epoch = "e") =>
        SayAsync("subscribed", $$"""{"channel":"{{channel}}","seq":{{seq}},"epoch":"{{epoch}}","recovered":{{(recovered ? "true" : "false")}}}""");

    public Task EventAsync(long seq, int part = 0, string channel = "orders:s", string type = "sale:created", string data = "{}") => SayAsync(Event(seq, part, channel, type, data));

    public Task BeatAsync(string channel, long seq) => SayAsync("heartbeat", $$$"""{"positions":{"{{{channel}}}":{{{seq}}}}}""");

    public static string Event(long seq, int part = 0, string channel = "orders:s", string type = "sale:created", string data = "{}")
    {
        var partField = part > 0 ? $"\"part\":{part}," : "";
        return $$"""{"type":"{{type}}","channel":"{{channel}}","storeId":"s","seq":{{seq}},{{partField}}"at":"2026-03-02T08:15:30.120Z","data":{{data}}}""";
    }

    /// <summary>The next frame of the client; null once it has said goodbye or gone.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Soon.Patience);
        try
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            Assert.True(part.EndOfMessage, "a client's frame is longer than expected");
            using var document = JsonDocument.Parse(_buffer.AsMemory(0, part.Count));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>The next frame's data; it must be of this type.</summary>
    public async Task<JsonElement> ExpectAsync(string type)
    {
        var frame = await NextAsync();
        Assert.True(frame is not null, $"the client left instead of sending '{type}'");
        Assert.Equal(type, frame.Value.GetProperty("type").GetString());
        return frame.Value.GetProperty("data");
    }

    /// <summary>The next frame must be this, written as one line of JSON.</summary>
    public async Task ExpectAsync(string type, string data) => Assert.Equal(data, (await ExpectAsync(type)).GetRawText());

    /// <summary>Shows that the client has sent nothing since: the next thing it sends is its answer to silence.</summary>
    public async Task ExpectNothingBeforePingAsync(RealtimeClient client)
    {
        client.Wake();
        await ExpectAsync("ping");
        await SayAsync("pong", """{"positions":{}}""");
    }

    /// <summary>Waits for the client's goodbye; its code.</summary>
    public async Task<int?> GoneAsync()
    {
        while (await NextAsync() is not null)
        {
        }
        return (int?)_socket.CloseStatus;
    }

    public async Task CloseAsync(int code)
    {
        await _socket.CloseOutputAsync((WebSocketCloseStatus)code, "", CancellationToken.None);
        await GoneAsync();
        Cut();
    }

    /// <summary>Answers the client's goodbye.</summary>
    public Task AnswerCloseAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);

    /// <summary>Breaks the line as a lost network does once it is noticed: a reset.</summary>
    public void Cut()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();
}
