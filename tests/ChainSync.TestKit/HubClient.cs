using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ChainSync.TestKit;

/// <summary>A plain WebSocket client of the hub, for tests that look at every frame.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly bool _fleeting;

    private HubClient(bool fleeting) => _fleeting = fleeting;

    /// <summary>Connects and signs in.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">An access token.</param>
    /// <param name="path">One of the hub's paths.</param>
    /// <param name="fleeting">Whether events of the moment are looked at, too; else they are passed over, as they come between others at any time.</param>
    public static async Task<HubClient> ConnectAsync(Uri server, string token, string path = "/ws", bool fleeting = false)
    {
        var client = new HubClient(fleeting);
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path }.Uri, CancellationToken.None);
        await client.UntilAsync("welcome");
        await client.SendAsync($$$"""{"type":"auth","data":{"token":"{{{token}}}"}}""");
        await client.UntilAsync("authenticated");
        return client;
    }

    /// <summary>Subscribes to a channel and waits for the answer.</summary>
    public async Task<JsonElement> SubscribeAsync(string channel, long? since = null, Guid? epoch = null)
    {
        var resume = since is null ? "" : $$""","since":{{since}},"epoch":"{{epoch}}" """;
        await SendAsync($$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}"{{{resume}}}}}""");
        return await UntilAsync("subscribed");
    }

    public Task SendAsync(string frame) => _socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next frame.</summary>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            var frame = await ReceiveAsync();
            if (_fleeting || !frame.TryGetProperty("storeId", out _) || frame.TryGetProperty("seq", out _)) return frame;
        }
    }

    /// <summary>Reads on to the first frame of this type; an <c>error</c> on the way fails.</summary>
    public async Task<JsonElement> UntilAsync(string type)
    {
        while (true)
        {
            var frame = await NextAsync();
            var got = frame.GetProperty("type").GetString();
            if (got == type) return frame;
            if (got == "error") throw new InvalidOperationException(frame.ToString());
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (result.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"Closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            length += result.Count;
            if (result.EndOfMessage) return JsonDocument.Parse(_buffer.AsMemory(0, length).ToArray()).RootElement;
        }
    }
}
