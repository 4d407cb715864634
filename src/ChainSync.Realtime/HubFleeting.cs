using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime;

/// <summary>
/// An event of the moment, such as "is typing": it has no position, is never logged or replayed, and is lost on whoever has no room
/// for it. Serialised once; every receiver is sent the same bytes.
/// </summary>
public sealed class HubFleeting
{
    private byte[]? _compressed;

    /// <summary>Makes an event from its finished frame text.</summary>
    /// <param name="channel">The channel's wire name.</param>
    /// <param name="json">The frame: one JSON object in UTF-8 that states the same channel and no position. Copied.</param>
    /// <param name="audience">Whatever <see cref="IHubAuthority.MaySee(HubUser, HubFleeting)"/> needs to judge the event; opaque to the hub.</param>
    public HubFleeting(string channel, ReadOnlySpan<byte> json, object? audience = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        (Channel, Audience, Wire) = (channel, audience, Frame.Text(json));
    }

    /// <summary>The channel's wire name.</summary>
    public string Channel { get; }

    /// <summary>What the host's filter needs to judge the event.</summary>
    public object? Audience { get; }

    /// <summary>The frame's JSON text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json => Frame.Payload(Wire);

    private byte[] Wire { get; }

    /// <summary>The frame for a connection: compressed when it agreed to that, once for all of them, and when it pays.</summary>
    internal byte[] WireFor(bool compressed) => compressed ? _compressed ??= Deflate.Frame(Json.Span) ?? Wire : Wire;
}
