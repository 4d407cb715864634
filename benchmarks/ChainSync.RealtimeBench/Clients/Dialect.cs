using System.Text;

namespace ChainSync.RealtimeBench.Clients;

/// <summary>How one kind of hub is spoken to.</summary>
/// <param name="Target">The request target of the opening handshake, for a token.</param>
/// <param name="Steps">What a client says after it, given its token and channel, and what in an answer says that it may go on.</param>
/// <param name="Echo">A small message that is answered at once.</param>
/// <param name="Echoed">What marks its answer.</param>
internal sealed record Dialect(
    Func<string, string> Target, Func<string, string, IReadOnlyList<(string Say, string Hear)>> Steps, string Echo, string Echoed)
{
    private const char RecordEnd = '\u001e';

    /// <summary>ChainSync's frames, which the plain peers take as well.</summary>
    public static Dialect ChainSync { get; } = new(
        _ => "/ws",
        (token, channel) =>
        [
            ($$$"""{"type":"auth","data":{"token":"{{{token}}}"}}""", "\"authenticated\""),
            ($$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}"}}""", "\"subscribed\""),
        ],
        """{"type":"ping"}""", "\"pong\"");

    /// <summary>SignalR's JSON protocol, version 1, without the negotiation that a WebSocket does not need.</summary>
    public static Dialect SignalR { get; } = new(
        token => $"/hub?access_token={token}",
        (_, channel) =>
        [
            ("""{"protocol":"json","version":1}""" + RecordEnd, "{}" + RecordEnd),
            ($$"""{"type":1,"target":"Subscribe","invocationId":"0","arguments":["{{channel}}"]}""" + RecordEnd, "\"invocationId\":\"0\""),
        ],
        """{"type":1,"target":"Ping","invocationId":"1","arguments":[]}""" + RecordEnd, "\"invocationId\":\"1\"");

    /// <summary>socket.io's protocol 5 inside engine.io's protocol 4.</summary>
    public static Dialect SocketIo { get; } = new(
        _ => "/socket.io/?EIO=4&transport=websocket",
        (token, channel) => [($$"""40{"token":"{{token}}"}""", "40{\"sid\""), ($$"""420["subscribe","{{channel}}"]""", "430[]")],
        "421[\"echo\"]", "431[]");

    /// <summary>engine.io's own heartbeat, a message to be answered.</summary>
    public static ReadOnlySpan<byte> Beat => "2"u8;

    public static byte[] BeatAnswer { get; } = WireFrame.Masked(WireFrame.Text, "3"u8);

    public static byte[] Framed(string message) => WireFrame.Masked(WireFrame.Text, Encoding.UTF8.GetBytes(message));
}
