using System.Collections;
using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Channels;

/// <summary>
/// Events in order, of each key only the newest; events without a key all stay. Whatever was left out is followed by what replaced
/// it, so a reader cut off anywhere in between resumes rightly by the ordinary rules.
/// </summary>
internal sealed class Conflation : IEnumerable<HubEvent>
{
    private const int MinToCompact = 64;

    private readonly List<HubEvent?> _events = [];
    private readonly Dictionary<(string Channel, string Key), int> _newest = [];

    /// <summary>How many events are held.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of their frames.</summary>
    public int Bytes { get; private set; }

    /// <summary>The last position before everything that was added since it was empty.</summary>
    public long After { get; private set; }

    public void Add(HubEvent hubEvent)
    {
        if (Count == 0) After = hubEvent.Seq - 1;
        if (hubEvent.Key is { } key)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, (hubEvent.Channel, key), out var isReplaced);
            if (isReplaced) Drop(index);
            index = _events.Count;
        }
        _events.Add(hubEvent);
        Count++;
        Bytes += hubEvent.Wire.Length;
        if (_events.Count >= MinToCompact && _events.Count > 2 * Count) Compact();
    }

    public void Clear()
    {
        _events.Clear();
        _newest.Clear();
        (Count, Bytes) = (0, 0);
    }

    public IEnumerator<HubEvent> GetEnumerator()
    {
        foreach (var hubEvent in _events)
        {
            if (hubEvent is not null) yield return hubEvent;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Drop(int index)
    {
        Bytes -= _events[index]!.Wire.Length;
        Count--;
        _events[index] = null;
    }

    /// <summary>Closes the gaps, so that a key that changes without end takes no more than its place.</summary>
    private void Compact()
    {
        _events.RemoveAll(e => e is null);
        for (var i = 0; i < _events.Count; i++)
        {
            if (_events[i] is { Key: { } key } hubEvent) _newest[(hubEvent.Channel, key)] = i;
        }
    }
}
