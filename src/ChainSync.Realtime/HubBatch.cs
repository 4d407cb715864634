namespace ChainSync.Realtime;

/// <summary>A stretch of one stream's log: all events of the positions in (<see cref="After"/>, <see cref="Seq"/>].</summary>
public sealed class HubBatch
{
    /// <summary>Describes the stretch.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="epoch">The life of the log these positions belong to.</param>
    /// <param name="after">The position the stretch begins after.</param>
    /// <param name="seq">The last position it covers, also when that one holds no event.</param>
    /// <param name="events">The events, ascending by (Seq, Part); parts of one position are ascending within a channel for whoever sees them.</param>
    /// <exception cref="ArgumentException">The events are not in order or lie outside the stretch.</exception>
    public HubBatch(string streamId, string epoch, long after, long seq, IReadOnlyList<HubEvent> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);
        ArgumentException.ThrowIfNullOrEmpty(epoch);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(seq, after);
        var previous = after + 1;
        foreach (var e in events)
        {
            if (e.Seq < previous || e.Seq > seq) throw new ArgumentException($"Event {e.Seq} is out of order or outside ({after}, {seq}].", nameof(events));
            previous = e.Seq;
        }
        (StreamId, Epoch, After, Seq, Events) = (streamId, epoch, after, seq, events);
    }

    /// <summary>The stream.</summary>
    public string StreamId { get; }

    /// <summary>The life of the log.</summary>
    public string Epoch { get; }

    /// <summary>The position the stretch begins after.</summary>
    public long After { get; }

    /// <summary>The last position it covers.</summary>
    public long Seq { get; }

    /// <summary>The events in order.</summary>
    public IReadOnlyList<HubEvent> Events { get; }
}
