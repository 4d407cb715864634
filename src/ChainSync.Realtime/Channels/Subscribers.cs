using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Channels;

/// <summary>Who follows a stream live: by channel, and as a whole. Guarded by the feed's lock.</summary>
internal sealed class Subscribers
{
    private readonly Dictionary<string, List<Subscription>> _topics = new(StringComparer.Ordinal);
    private readonly List<Subscription> _whole = [];

    public int Count { get; private set; }

    /// <summary>Those of the whole stream.</summary>
    public Span<Subscription> Whole => CollectionsMarshal.AsSpan(_whole);

    /// <summary>Those of one channel.</summary>
    public Span<Subscription> Of(string channel) => _topics.TryGetValue(channel, out var topic) ? CollectionsMarshal.AsSpan(topic) : [];

    public void Join(Subscription subscription)
    {
        var list = _whole;
        if (!subscription.Channel.WholeStream)
        {
            ref var topic = ref CollectionsMarshal.GetValueRefOrAddDefault(_topics, subscription.Channel.Name, out _);
            list = topic ??= [];
        }
        subscription.Slot = list.Count;
        list.Add(subscription);
        Count++;
    }

    public void Leave(Subscription subscription)
    {
        if (!subscription.Live) return;
        var list = subscription.Channel.WholeStream ? _whole : _topics[subscription.Channel.Name];
        var last = list[^1];
        list[subscription.Slot] = last;
        last.Slot = subscription.Slot;
        list.RemoveAt(list.Count - 1);
        subscription.Slot = -1;
        Count--;
        if (list.Count == 0 && list != _whole) _topics.Remove(subscription.Channel.Name);
    }

    public void ForEach(Action<Subscription> action)
    {
        foreach (var topic in _topics.Values) topic.ForEach(action);
        _whole.ForEach(action);
    }
}
