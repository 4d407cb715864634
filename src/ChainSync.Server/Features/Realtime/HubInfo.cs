using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Realtime;
using ChainSync.Server.Live;

namespace ChainSync.Server.Features.Realtime;

/// <summary>What a client should know of the hub before it connects. Public.</summary>
/// <param name="Enabled">Whether there is a hub.</param>
/// <param name="Version">The version of its frames.</param>
/// <param name="Paths">Where it is; all are the same.</param>
/// <param name="Namespaces">What can be followed.</param>
/// <param name="Limits">What a client must keep to.</param>
/// <param name="Events">What can be heard.</param>
/// <param name="Compression">Whether an offer of <c>permessage-deflate</c> is taken up.</param>
/// <param name="Port">Its own port, where it has one.</param>
public sealed record HubInfo(
    bool Enabled, int Version, IReadOnlyList<string> Paths, IReadOnlyList<string> Namespaces, HubLimits Limits, IReadOnlyList<HubEventInfo> Events,
    bool Compression, int? Port = null)
{
    /// <summary>The hub as it is configured.</summary>
    public static HubInfo Of(RealtimeOptions realtime, HubOptions hub) => new(
        realtime.Enabled, Hub.ProtocolVersion, realtime.Paths, Permissions.Namespaces,
        new(
            hub.MaxMessageBytes, hub.MaxFramesPerMinute, hub.MaxSubscriptions, hub.MaxConnectionsPerAddress, hub.MaxReplay,
            Ms(hub.AuthTimeout), Ms(hub.PingInterval), Ms(hub.PongTimeout)),
        [.. EventCatalogue.All.Select(e => new HubEventInfo(e.Name, e.Namespace, e.Life == EventLife.Durable, e.KeyField))],
        hub.EnableCompression, realtime.Port);

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;
}

/// <summary>What a client must keep to.</summary>
/// <param name="MessageBytes">Largest message it may send.</param>
/// <param name="FramesPerMinute">Frames it may send in a minute.</param>
/// <param name="Subscriptions">Channels of one connection.</param>
/// <param name="ConnectionsPerAddress">Connections from one address.</param>
/// <param name="ReplayPositions">How far behind it may be and still be sent what it missed.</param>
/// <param name="AuthTimeoutMs">How long it may take to sign in.</param>
/// <param name="HeartbeatMs">Time between two heartbeats.</param>
/// <param name="PongTimeoutMs">How long it may stay silent after a ping.</param>
public sealed record HubLimits(
    int MessageBytes, int FramesPerMinute, int Subscriptions, int ConnectionsPerAddress, long ReplayPositions, long AuthTimeoutMs, long HeartbeatMs, long PongTimeoutMs);

/// <summary>An event that can be heard.</summary>
/// <param name="Name">Its name, the frame's <c>type</c>.</param>
/// <param name="Namespace">Who sees that sees it.</param>
/// <param name="Durable">Whether it is sent again to who was away.</param>
/// <param name="Key">The field by which a newer one replaces an older, where it does.</param>
public sealed record HubEventInfo(string Name, string Namespace, bool Durable, string? Key = null);
