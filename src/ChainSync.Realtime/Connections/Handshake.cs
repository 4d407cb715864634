using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSync.Realtime.Connections;

/// <summary>The opening handshake, over HTTP/1.1 (RFC 6455 §4.2) and HTTP/2 (RFC 8441).</summary>
internal static class Handshake
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const string Version = "13";
    private const int KeyBytes = 16;

    /// <summary>Whether the request asks for a WebSocket at all.</summary>
    public static bool IsRequested(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>The status that refuses a malformed handshake, or null.</summary>
    public static int? Refusal(HttpContext context)
    {
        if (context.Request.Headers.SecWebSocketVersion != Version)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            return StatusCodes.Status426UpgradeRequired;
        }
        if (HttpMethods.IsConnect(context.Request.Method)) return null;
        Span<byte> key = stackalloc byte[KeyBytes];
        var valid = Convert.TryFromBase64String(context.Request.Headers.SecWebSocketKey.ToString(), key, out var length) && length == KeyBytes;
        return valid ? null : StatusCodes.Status400BadRequest;
    }

    /// <summary>
    /// A page of another site may open a WebSocket with the visitor's cookies, so the origin must be ours or listed. A client
    /// without an origin is no browser and must bring no cookie.
    /// </summary>
    public static bool OriginAllowed(HttpRequest request, IList<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return request.Headers.Cookie.Count == 0;
        return string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || allowed.Any(a => a == "*" || string.Equals(a, origin, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Answers the request and takes its stream over.</summary>
    public static async Task<Stream> AcceptAsync(HttpContext context, bool compressed)
    {
        if (compressed) context.Response.Headers.SecWebSocketExtensions = DeflateOffer.Agreed;
        // The hub has a write deadline of its own, which tells the client why.
        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect) return await connect.AcceptAsync().ConfigureAwait(false);
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
    }

#pragma warning disable CA5350 // RFC 6455 fixes SHA-1 here; it proves that the server speaks the protocol and protects nothing.
    private static string AcceptKey(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
}
