namespace ChainSync.Realtime.Client.Channels;

/// <summary>
/// How far one subscription has got on one channel. A row of the log may give several events with one seq; while more of them may
/// come the position stays before the row, so a reconnect repeats the row and the parts already seen are dropped.
/// </summary>
internal sealed class Cursor(RealtimePosition? position)
{
    private readonly List<(string Channel, int Part)> _parts = [];
    private long _row;

    public RealtimePosition? Position { get; private set; } = position;

    public bool IsNew(string channel, long seq, int part) =>
        Position is { } position && seq > position.Seq && seq >= _row && !(seq == _row && _parts.Contains((channel, part)));

    /// <summary>The event has been delivered.</summary>
    public void Take(string channel, long seq, int part)
    {
        if (!IsNew(channel, seq, part)) return;
        if (seq > _row)
        {
            _row = seq;
            _parts.Clear();
            Position = Position!.Value with { Seq = seq - 1 };
        }
        _parts.Add((channel, part));
    }

    /// <summary>All up to <paramref name="seq"/> has been sent. False when that is known.</summary>
    public bool Complete(long seq)
    {
        if (Position is not { } position || seq <= position.Seq) return false;
        Position = position with { Seq = seq };
        return true;
    }

    public void Reset(RealtimePosition position)
    {
        Position = position;
        _row = 0;
        _parts.Clear();
    }
}
