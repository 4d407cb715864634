using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ChainSync.Realtime.Tests;

/// <summary>A client that reads one frame when asked. A frame that never comes fails the test after a generous real time.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket;
    private byte[] _buffer = new byte[4 << 10];

    private HubClient(ClientWebSocket socket) => _socket = socket;

    public ClientWebSocket Socket => _socket;

    public static async Task<HubClient> OpenAsync(Uri address, Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? http = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        configure?.Invoke(socket.Options);
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(address, http, patience.Token);
        return new(socket);
    }

    public Task SendAsync(string type, string data = "{}") => SendRawAsync($$"""{"type":"{{type}}","data":{{data}}}""");

    public Task SendRawAsync(string text) => SendRawAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendRawAsync(byte[] bytes, WebSocketMessageType type, bool last = true)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, last, patience.Token);
    }

    public Task SubscribeAsync(string channel, long? since = null, string epoch = "e1", string mode = "all") =>
        SendAsync("subscribe", since is null
            ? $$"""{"channel":"{{channel}}","mode":"{{mode}}"}"""
            : $$"""{"channel":"{{channel}}","since":{{since}},"epoch":"{{epoch}}","mode":"{{mode}}"}""");

    /// <summary>The next frame, or null once the server has closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (!part.EndOfMessage) continue;
            using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
            return document.RootElement.Clone();
        }
    }

    /// <summary>The next frame, which must be of this type; its <c>data</c>, or the frame itself for an event.</summary>
    public async Task<JsonElement> ExpectAsync(string type)
    {
        var frame = await NextAsync();
        Assert.True(frame is not null, $"closed with {(int?)_socket.CloseStatus} instead of '{type}'");
        Assert.Equal(type, frame.Value.GetProperty("type").GetString());
        return frame.Value.TryGetProperty("seq", out _) ? frame.Value : frame.Value.GetProperty("data");
    }

    /// <summary>The next frame must be the event of this position.</summary>
    public async Task ExpectEventAsync(string channel, long seq, int part = 0)
    {
        var e = await ExpectAsync("test:event");
        Assert.Equal((channel, seq, part), Key(e));
    }

    public async Task ExpectErrorAsync(string code)
    {
        var error = await ExpectAsync("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    /// <summary>Reads on to the end and checks its close code.</summary>
    public async Task ExpectCloseAsync(int code)
    {
        while (await NextAsync() is not null)
        {
        }
        Assert.Equal(code, (int?)_socket.CloseStatus);
    }

    public static (string Channel, long Seq, int Part) Key(JsonElement e) =>
        (e.GetProperty("channel").GetString()!, e.GetProperty("seq").GetInt64(), e.TryGetProperty("part", out var part) ? part.GetInt32() : 0);

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await Task.CompletedTask;
    }
}
