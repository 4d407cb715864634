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
/// Those who want only the latest share a window: what happens within it is reduced once for all of them.
/// </summary>
internal sealed partial class StreamFeed : IDisposable
{
    private readonly Hub _hub;
    private readonly Lock _gate = new();
    private readonly EventRing _ring;
    private readonly Subscribers _all = new();
    private readonly Subscribers _latest = new();
    private readonly LatestWindow _window;
    private readonly Conflation _joining = new();
    private readonly List<HubConnection> _staged = [];
    private readonly List<Subscription> _lagging = [];
    private readonly SharedRead<HubPosition> _position;
    private string? _epoch;
    private long _head;

    public StreamFeed(string streamId, Hub hub)
    {
        (StreamId, _hub) = (streamId, hub);
        _ring = new(hub.Options.RingEvents, hub.Options.RingBytes);
        _window = new(hub.Options, hub.Clock, OnWindowEnd);
        _position = new(() => hub.History.PositionAsync(streamId));
        _state = hub.Presence?.Nobody(streamId);
    }

    public string StreamId { get; }

    /// <summary>Where the log is now, which may be ahead of this feed; read once for all who ask at a time.</summary>
    public Task<HubPosition> LogPositionAsync(CancellationToken cancellationToken) => _position.AskAsync().WaitAsync(cancellationToken);

    /// <summary>Takes the history's word for the position, unless the log tail was quicker.</summary>
    public void Learn(HubPosition position)
    {
        lock (_gate)
        {
            if (_epoch is null) StartAt(position);
        }
    }

    /// <summary>Fans a stretch of the log out. Never waits for a client: each has a bounded queue that only takes a reference.</summary>
    public void Publish(HubBatch batch)
    {
        var queued = 0;
        lock (_gate)
        {
            queued += Accept(batch);
            foreach (var hubEvent in batch.Events)
            {
                // A tail that starts again repeats what is already out.
                if (hubEvent.Seq <= _head) continue;
                _ring.Add(hubEvent);
                queued += Stage(_all, hubEvent);
                if (_latest.Count == 0) continue;
                _window.Add(hubEvent);
                if (_window.IsFull) queued += SendWindow();
            }
            _head = Math.Max(_head, batch.Seq);
            if (_window.IsDue()) queued += SendWindow();
            Settle();
        }
        _hub.Metrics.Delivered(queued);
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
            if (epoch != _epoch || _head - subscription.Cursor > _hub.Options.MaxReplay)
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

    /// <summary>Adds what the ring holds after a position to a replay. False when the ring does not reach back that far.</summary>
    public bool TryCollect(Subscription subscription, HubPosition after, Conflation replay, out long reached)
    {
        lock (_gate)
        {
            reached = after.Seq;
            // Over, or of another life: whoever joins finds out and says so.
            if (subscription.Ended || after.Epoch != _epoch) return true;
            if (after.Seq < _ring.Floor) return false;
            Collect(subscription, after.Seq, replay);
            reached = Math.Max(after.Seq, _head);
            return true;
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

    /// <summary>Returns when everything that is being queued at the call has been.</summary>
    public void Pass()
    {
        lock (_gate)
        {
        }
    }

    /// <summary>How far a live subscription is; null while it is catching up.</summary>
    public long? Position(Subscription subscription)
    {
        lock (_gate)
        {
            if (!subscription.Live) return null;
            // What waits in the window has not been sent.
            return Math.Max(subscription.Cursor, (subscription.Latest ? _window.After : null) ?? _head);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _window.Dispose();
            _fleeting?.Dispose();
        }
    }

    private int Accept(HubBatch batch)
    {
        var queued = 0;
        if (_epoch is null) StartAt(new(batch.After, batch.Epoch));
        else if (_epoch != batch.Epoch || batch.After > _head)
        {
            // What is to follow does not follow on from what the window holds.
            queued = SendWindow();
            Settle();
            if (_epoch != batch.Epoch) StartEpoch(batch);
            else SendToCatchUp(batch.After);
        }
        return queued;
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
            _hub.Metrics.Resumed("epoch");
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

    private void OnWindowEnd()
    {
        int queued;
        lock (_gate)
        {
            _window.Ended();
            queued = SendWindow();
            Settle();
        }
        _hub.Metrics.Delivered(queued);
    }

    private int SendWindow()
    {
        var queued = 0;
        foreach (var hubEvent in _window.Events) queued += Stage(_latest, hubEvent);
        _window.Sent();
        return queued;
    }

    /// <summary>Wakes the writers of all who were sent something, and lets go of those who were outrun.</summary>
    private void Settle()
    {
        WriteTurn.Queue(CollectionsMarshal.AsSpan(_staged));
        _staged.Clear();
        foreach (var subscription in CollectionsMarshal.AsSpan(_lagging)) Detach(subscription);
        _lagging.Clear();
    }

    private int Stage(Subscribers subscribers, HubEvent hubEvent) =>
        Stage(subscribers.Of(hubEvent.Channel), hubEvent) + Stage(subscribers.Whole, hubEvent);

    private int Stage(Span<Subscription> subscribers, HubEvent hubEvent)
    {
        var queued = 0;
        foreach (var subscription in subscribers)
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
            _hub.Metrics.Resumed("resync");
        }
        Announce(subscription, _epoch!, recovered: false);
        Join(subscription);
    }

    private void JoinAtCursor(Subscription subscription)
    {
        Announce(subscription, _epoch!, recovered: true);
        if (subscription.Latest)
        {
            Collect(subscription, subscription.Cursor, _joining);
            foreach (var hubEvent in _joining) subscription.Connection.Offer(hubEvent);
            _joining.Clear();
        }
        else
        {
            foreach (var hubEvent in _ring)
            {
                if (hubEvent.Seq > subscription.Cursor && subscription.Covers(hubEvent)) subscription.Connection.Offer(hubEvent);
            }
        }
        // What the window still holds for the others, this one has.
        subscription.Cursor = Math.Max(_head, subscription.Cursor);
        Join(subscription);
        // The client learns that it is current, also when nothing it may see has happened.
        subscription.Connection.Offer(ServerFrames.Positions("heartbeat", [new(subscription.Channel.Name, subscription.Cursor)]));
        _hub.Metrics.Resumed("recovered");
    }

    private void Collect(Subscription subscription, long after, Conflation into)
    {
        foreach (var hubEvent in _ring)
        {
            if (hubEvent.Seq > after && subscription.Covers(hubEvent)) into.Add(hubEvent);
        }
    }

    private static void Announce(Subscription subscription, string epoch, bool recovered)
    {
        if (subscription.Announced) return;
        subscription.Announced = true;
        subscription.Connection.Offer(ServerFrames.Subscribed(subscription.Channel.Name, new(subscription.Cursor, epoch), recovered, subscription.Latest));
    }

    private void Join(Subscription subscription)
    {
        (subscription.Latest ? _latest : _all).Join(subscription);
        Greet(subscription);
    }

    private void Leave(Subscription subscription) => (subscription.Latest ? _latest : _all).Leave(subscription);

    private void ForEachLive(Action<Subscription> action)
    {
        _all.ForEach(action);
        _latest.ForEach(action);
    }
}
