using ChainSync.RealtimeBench.Clients;

namespace ChainSync.RealtimeBench.Peers;

/// <summary>One of the hubs compared.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in the report.</param>
/// <param name="Dialect">How clients speak to it.</param>
/// <param name="Script">The Node program, or null for one of the .NET peers.</param>
internal sealed record PeerKind(string Name, string Title, Dialect Dialect, string? Script = null)
{
    public const string Ours = "chainsync";
    public const string Kestrel = "kestrel";
    public const string Framed = "framed";
    public const string SignalR = "signalr";

    /// <summary>All of them, ours first.</summary>
    public static IReadOnlyList<PeerKind> All { get; } =
    [
        new(Ours, "ChainSync", Dialect.ChainSync),
        new(Framed, "Kestrel, hand-framed loop", Dialect.ChainSync),
        new(Kestrel, "Kestrel + System.Net.WebSockets loop", Dialect.ChainSync),
        new(SignalR, "SignalR, JSON", Dialect.SignalR),
        new("ws", "Node ws 8.23.0", Dialect.ChainSync, "ws.mjs"),
        new("socketio", "socket.io 4.8.4", Dialect.SocketIo, "socketio.mjs"),
    ];
}
