using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime;

/// <summary>One durable event, serialised once; every subscriber is sent the same bytes.</summary>
public sealed class HubEvent
{
    private byte[]? _compressed;

    /// <summary>Makes an event from its finished frame text.</summary>
    /// <param name="channel">The channel's wire name.</param>
    /// <param name="seq">The position in the stream's log, from 1.</param>
    /// <param name="part">Which of the several events of one position this is, from 0.</param>
    /// <param name="json">The frame: one JSON object in UTF-8 that states the same channel, seq and part. Copied.</param>
    /// <param name="audience">Whatever <see cref="IHubAuthority.MaySee"/> needs to judge the event, such as its owner; opaque to the hub.</param>
    public HubEvent(string channel, long seq, int part, ReadOnlySpan<byte> json, object? audience = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seq);
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        (Channel, Seq, Part, Audience, Wire) = (channel, seq, part, audience, Frame.Text(json));
    }

    /// <summary>The channel's wire name.</summary>
    public string Channel { get; }

    /// <summary>The position in the stream's log.</summary>
    public long Seq { get; }

    /// <summary>Which event of that position this is, from 0.</summary>
    public int Part { get; }

    /// <summary>What the host's filter needs to judge the event.</summary>
    public object? Audience { get; }

    /// <summary>The frame's JSON text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json => Frame.Payload(Wire);

    /// <summary>The complete WebSocket frame, header included: a server's frames are not masked, so all clients get the same bytes.</summary>
    internal byte[] Wire { get; }

    /// <summary>The frame for a connection: compressed when it agreed to that, once for all of them, and when it pays.</summary>
    internal byte[] WireFor(bool compressed) => compressed ? _compressed ??= Deflate.Frame(Json.Span) ?? Wire : Wire;
}
