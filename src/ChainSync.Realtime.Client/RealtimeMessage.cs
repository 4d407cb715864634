using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChainSync.Realtime.Client;

/// <summary>
/// What a subscription is told: a <see cref="RealtimeEvent"/>, a <see cref="RealtimeProgress"/>, a <see cref="RealtimeResync"/> or,
/// as the last, a <see cref="RealtimeRefusal"/>.
/// </summary>
public abstract class RealtimeMessage
{
    private protected RealtimeMessage(string channel) => Channel = channel;

    /// <summary>The channel, such as <c>orders:&lt;store id&gt;</c>.</summary>
    public string Channel { get; }
}

/// <summary>Something that happened.</summary>
public sealed class RealtimeEvent : RealtimeMessage
{
    private readonly int _dataStart;
    private readonly int _dataLength;

    internal RealtimeEvent(in Wire.ServerFrame frame, byte[] json, string epoch)
        : base(frame.Channel!)
    {
        (Type, Seq, Part, At, ExpiresIn, Epoch) = (frame.Type, frame.Seq, frame.Part, frame.At, frame.ExpiresIn, epoch);
        (Json, _dataStart, _dataLength) = (json, frame.DataStart, frame.DataLength);
    }

    /// <summary>Its name, such as <c>sale:created</c>.</summary>
    public string Type { get; }

    /// <summary>Its position in the stream's log; 0 for a fleeting event, which has none.</summary>
    public long Seq { get; }

    /// <summary>Which of the several events of one position it is, from 0.</summary>
    public int Part { get; }

    /// <summary>The life of the log that <see cref="Seq"/> belongs to.</summary>
    public string Epoch { get; }

    /// <summary>When it was committed, by the server's clock; null where the frame does not say.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>How long a fleeting state holds unless renewed.</summary>
    public TimeSpan? ExpiresIn { get; }

    /// <summary>Whether it is fleeting: never logged, never replayed.</summary>
    public bool IsFleeting => Seq == 0;

    /// <summary>
    /// Where to resume once this event has been dealt with: before its own log position, of which more events may follow. Null for
    /// a fleeting event.
    /// </summary>
    public RealtimePosition? Position => IsFleeting ? null : new RealtimePosition(Seq - 1, Epoch);

    /// <summary>The whole frame, JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The payload, JSON in UTF-8; empty where the frame has none.</summary>
    public ReadOnlyMemory<byte> Data => Json.Slice(_dataStart, _dataLength);

    /// <summary>Reads the payload.</summary>
    /// <exception cref="JsonException">It is not of that shape.</exception>
    public T? ReadData<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Data.Span, type);
}

/// <summary>Every event of the channel up to here has been delivered.</summary>
public sealed class RealtimeProgress : RealtimeMessage
{
    internal RealtimeProgress(string channel, RealtimePosition position)
        : base(channel) => Position = position;

    /// <summary>The place reached: safe to store and to resume from.</summary>
    public RealtimePosition Position { get; }
}

/// <summary>What lies between the former position and this one cannot be had: load anew from REST. Events after it follow.</summary>
public sealed class RealtimeResync : RealtimeMessage
{
    internal RealtimeResync(string channel, RealtimePosition position)
        : base(channel) => Position = position;

    /// <summary>The place that events go on from.</summary>
    public RealtimePosition Position { get; }
}

/// <summary>The hub does not let this user follow the channel, or no longer: the channel's last message.</summary>
public sealed class RealtimeRefusal : RealtimeMessage
{
    internal RealtimeRefusal(string channel, string code)
        : base(channel) => Code = code;

    /// <summary>Why, such as <c>common.not-found</c>.</summary>
    public string Code { get; }
}
