namespace ChainSync.Realtime.Channels;

/// <summary>The newest events of a stream, bounded in number and bytes. Complete for every position above <see cref="Floor"/>.</summary>
internal sealed class EventRing(int maxEvents, int maxBytes)
{
    private readonly Queue<HubEvent> _events = new();
    private int _bytes;

    /// <summary>The newest position that is no longer wholly held.</summary>
    public long Floor { get; private set; }

    public void Reset(long floor)
    {
        _events.Clear();
        _bytes = 0;
        Floor = floor;
    }

    public void Add(HubEvent hubEvent)
    {
        _events.Enqueue(hubEvent);
        _bytes += hubEvent.Wire.Length;
        while (_events.Count > maxEvents || _bytes > maxBytes)
        {
            var evicted = _events.Dequeue();
            _bytes -= evicted.Wire.Length;
            Floor = evicted.Seq;
        }
    }

    public Queue<HubEvent>.Enumerator GetEnumerator() => _events.GetEnumerator();
}
