using System.Runtime.InteropServices;
using ChainSync.Realtime.Connections;
using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime.Channels;

/// <summary>How an attempt to join the live feed ended.</summary>
internal enum Attach
{
    /// <summary>The subscription is live, or has ended meanwhile: nothing more to do.</summary>
    Done,

    /// <summary>The feed does not know its own position yet.</summary>
    Unknown,

    /// <summary>The cursor is older than the ring: read the history first.</summary>
    Behind,

    /// <summary>The cursor is newer than the feed: only right if the log really is that far.</summary>
    Ahead,
}

/// <summary>
/// The live end of one stream: its position, its ring and its subscribers. One lock makes "replay, then live" a single step:
/// a subscription is either fed by a catch-up or by <see cref="Publish"/>, never by both and never by neither.
/// </summary>
internal sealed class StreamFeed(string streamId, Hub hub)
{
    private readonly Lock _gate = new();
    private readonly EventRing _ring = new(hub.Options.RingEvents, hub.Options.RingBytes);
    private readonly Dictionary<string, List<Subscription>> _topics = new(StringComparer.Ordinal);
    private readonly List<Subscription> _whole = [];
    private readonly List<HubConnection> _staged = [];
    private readonly List<Subscription> _lagging = [];
    private string? _epoch;
    private long _head;

    public string StreamId { get; } = streamId;

    public bool Known
    {
        get { lock (_gate) return _epoch is not null; }
    }

    /// <summary>Takes the history's word for the position, unless the log tail was quicker.</summary>
    public void Learn(HubPosition position)
    {
        lock (_gate)
        {
            if (_epoch is null) StartAt(position);
        }
    }

    /// <summary>Fans a stretch of the log out. Never waits for a client: each has a bounded queue that only takes a reference.</summary>
    /// <returns>How many frames were queued.</returns>
    public int Publish(HubBatch batch)
    {
        var queued = 0;
        lock (_gate)
        {
            Accept(batch);
            foreach (var hubEvent in batch.Events)
            {
                // A tail that starts again repeats what is already out.
                if (hubEvent.Seq <= _head) continue;
                _ring.Add(hubEvent);
                if (_topics.TryGetValue(hubEvent.Channel, out var topic)) queued += Stage(topic, hubEvent);
                queued += Stage(_whole, hubEvent);
            }
            _head = Math.Max(_head, batch.Seq);
            WriteTurn.Queue(CollectionsMarshal.AsSpan(_staged));
            _staged.Clear();
            foreach (var subscription in CollectionsMarshal.AsSpan(_lagging)) Detach(subscription);
            _lagging.Clear();
        }
        return queued;
    }

    /// <summary>Makes the subscription live if everything after its cursor is in memory, queueing that first.</summary>
    /// <param name="subscription">The subscription, not live yet.</param>
    /// <param name="epoch">The epoch its cursor belongs to; null joins at the head.</param>
    /// <param name="aheadIsRight">Whether a cursor above the head has been checked against the log.</param>
    public Attach TryAttach(Subscription subscription, string? epoch, bool aheadIsRight)
    {
        lock (_gate)
        {
            if (subscription.Ended || subscription.Live) return Attach.Done;
            if (_epoch is null) return Attach.Unknown;
            if (epoch is null)
            {
                JoinAtHead(subscription, resync: false);
                return Attach.Done;
            }
            if (epoch != _epoch || _head - subscription.Cursor > hub.Options.MaxReplay)
            {
                JoinAtHead(subscription, resync: true);
                return Attach.Done;
            }
            if (subscription.Cursor > _head && !aheadIsRight) return Attach.Ahead;
            if (subscription.Cursor < _ring.Floor) return Attach.Behind;
            JoinAtCursor(subscription);
            return Attach.Done;
        }
    }

    /// <summary>Gives up the gap: the client is told to load anew and goes on from the head.</summary>
    public void AttachWithResync(Subscription subscription)
    {
        lock (_gate)
        {
            if (!subscription.Ended && !subscription.Live) JoinAtHead(subscription, resync: true);
        }
    }

    /// <summary>Queues one event of a catch-up. False when the subscription has ended.</summary>
    public bool Replay(Subscription subscription, HubEvent hubEvent, string epoch)
    {
        lock (_gate)
        {
            if (subscription.Ended) return false;
            Announce(subscription, epoch, recovered: true);
            if (hubEvent.Seq > subscription.Cursor && subscription.Covers(hubEvent)) subscription.Connection.Offer(hubEvent);
            return true;
        }
    }

    /// <summary>Moves the cursor of a catch-up after a page has been queued.</summary>
    public void Advance(Subscription subscription, HubPosition reached)
    {
        lock (_gate)
        {
            Announce(subscription, reached.Epoch, recovered: true);
            subscription.Cursor = reached.Seq;
        }
    }

    public void End(Subscription subscription)
    {
        lock (_gate)
        {
            subscription.Ended = true;
            Leave(subscription);
        }
    }

    /// <summary>How far a live subscription is; null while it is catching up.</summary>
    public long? Position(Subscription subscription)
    {
        lock (_gate) return subscription.Live ? Math.Max(subscription.Cursor, _head) : null;
    }

    private void Accept(HubBatch batch)
    {
        if (_epoch is null) StartAt(new(batch.After, batch.Epoch));
        else if (_epoch != batch.Epoch) StartEpoch(batch);
        else if (batch.After > _head) SendToCatchUp(batch.After);
    }

    private void StartAt(HubPosition position)
    {
        (_head, _epoch) = (position.Seq, position.Epoch);
        _ring.Reset(position.Seq);
    }

    /// <summary>The log was restored: what clients know is another life's, so each is told to load anew.</summary>
    private void StartEpoch(HubBatch batch)
    {
        StartAt(new(batch.After, batch.Epoch));
        ForEachLive(subscription =>
        {
            subscription.Cursor = batch.After;
            subscription.Connection.Offer(ServerFrames.Resync(subscription.Channel.Name, new(batch.After, batch.Epoch)));
            hub.Metrics.Resumed("epoch");
        });
    }

    /// <summary>The tail skipped a stretch: subscribers fetch it from the history before they go on.</summary>
    private void SendToCatchUp(long after)
    {
        var cursor = _head;
        var lagging = new List<Subscription>();
        ForEachLive(lagging.Add);
        _head = after;
        _ring.Reset(after);
        foreach (var subscription in lagging)
        {
            if (subscription.Cursor >= after) continue;
            subscription.Cursor = Math.Max(subscription.Cursor, cursor);
            Detach(subscription);
        }
    }

    /// <summary>Takes a subscription off the live feed; its catch-up brings it back.</summary>
    private void Detach(Subscription subscription)
    {
        Leave(subscription);
        subscription.Lagging = false;
        subscription.Connection.CatchUp(subscription, _epoch);
    }

    private int Stage(List<Subscription> subscribers, HubEvent hubEvent)
    {
        var queued = 0;
        foreach (var subscription in CollectionsMarshal.AsSpan(subscribers))
        {
            if (hubEvent.Seq <= subscription.Cursor || subscription.Lagging) continue;
            switch (subscription.Connection.Stage(hubEvent, subscription.Begun == hubEvent.Seq, out var first))
            {
                case Staged.Taken:
                    subscription.Begun = hubEvent.Seq;
                    queued++;
                    if (first) _staged.Add(subscription.Connection);
                    break;
                case Staged.Lagging:
                    // Every position before this one is queued whole, and nothing of this one is.
                    subscription.Cursor = hubEvent.Seq - 1;
                    subscription.Lagging = true;
                    _lagging.Add(subscription);
                    break;
            }
        }
        return queued;
    }

    private void JoinAtHead(Subscription subscription, bool resync)
    {
        subscription.Cursor = _head;
        var position = new HubPosition(_head, _epoch!);
        if (resync)
        {
            subscription.Connection.Offer(ServerFrames.Resync(subscription.Channel.Name, position));
            hub.Metrics.Resumed("resync");
        }
        Announce(subscription, _epoch!, recovered: false);
        Join(subscription);
    }

    private void JoinAtCursor(Subscription subscription)
    {
        Announce(subscription, _epoch!, recovered: true);
        foreach (var hubEvent in _ring)
        {
            if (hubEvent.Seq > subscription.Cursor && subscription.Covers(hubEvent)) subscription.Connection.Offer(hubEvent);
        }
        Join(subscription);
        // The client learns that it is current, also when nothing it may see has happened.
        subscription.Connection.Offer(ServerFrames.Positions("heartbeat", [new(subscription.Channel.Name, Math.Max(_head, subscription.Cursor))]));
        hub.Metrics.Resumed("recovered");
    }

    private static void Announce(Subscription subscription, string epoch, bool recovered)
    {
        if (subscription.Announced) return;
        subscription.Announced = true;
        subscription.Connection.Offer(ServerFrames.Subscribed(subscription.Channel.Name, new(subscription.Cursor, epoch), recovered));
    }

    private void Join(Subscription subscription)
    {
        var list = _whole;
        if (!subscription.Channel.WholeStream)
        {
            ref var topic = ref CollectionsMarshal.GetValueRefOrAddDefault(_topics, subscription.Channel.Name, out _);
            list = topic ??= [];
        }
        subscription.Slot = list.Count;
        list.Add(subscription);
    }

    private void Leave(Subscription subscription)
    {
        if (!subscription.Live) return;
        var list = subscription.Channel.WholeStream ? _whole : _topics[subscription.Channel.Name];
        var last = list[^1];
        list[subscription.Slot] = last;
        last.Slot = subscription.Slot;
        list.RemoveAt(list.Count - 1);
        subscription.Slot = -1;
        if (list.Count == 0 && list != _whole) _topics.Remove(subscription.Channel.Name);
    }

    private void ForEachLive(Action<Subscription> action)
    {
        foreach (var topic in _topics.Values) topic.ForEach(action);
        _whole.ForEach(action);
    }
}
