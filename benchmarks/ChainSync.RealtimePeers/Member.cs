using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSync.RealtimePeers;

/// <summary>One client of a <see cref="SocketLoopPeer"/>. With <paramref name="raw"/> its frames are written there, finished by the caller.</summary>
internal sealed class Member(WebSocket socket, Stream? raw) : IDisposable
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public WebSocket Socket { get; } = socket;

    public string? Channel { get; set; }

    /// <summary>Upgrades by hand and keeps the stream, as the server's own middleware would not give it out.</summary>
    public static async Task<Member> UpgradeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
#pragma warning disable CA5350 // RFC 6455 fixes SHA-1 here.
        headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(context.Request.Headers.SecWebSocketKey + Magic)));
#pragma warning restore CA5350
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return new(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true }), stream);
    }

    public ValueTask SendAsync(byte[] bytes) => raw is null
        ? Socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None)
        : raw.WriteAsync(bytes);

    public void Dispose() => Socket.Dispose();
}
