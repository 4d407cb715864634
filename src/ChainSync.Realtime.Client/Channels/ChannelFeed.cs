namespace ChainSync.Realtime.Client.Channels;

/// <summary>Where one channel stands on the present connection.</summary>
internal enum FeedState
{
    /// <summary>The hub has not been asked.</summary>
    Idle,

    /// <summary>A subscribe frame is unanswered. Frames that come belong to a former subscription and are ignored.</summary>
    Subscribing,

    /// <summary>Events flow.</summary>
    Live,

    /// <summary>An unsubscribe frame is unanswered.</summary>
    Leaving,
}

/// <summary>One subscription's interest in one channel.</summary>
internal sealed class Listener(RealtimeSubscription subscription, RealtimePosition? since)
{
    public RealtimeSubscription Subscription { get; } = subscription;

    public Cursor Cursor { get; } = new(since);

    /// <summary>Whether the unanswered or last subscribe frame took this listener's place into account.</summary>
    public bool Counted { get; set; }
}

/// <summary>
/// One channel on the wire and the listeners that share it. Never more than one frame about it is unanswered, so that an answer
/// can only mean that frame; but for the answer to a namespace's frame, which may come late. Guarded by the table's lock.
/// </summary>
internal sealed class ChannelFeed(string name)
{
    /// <summary>Whether the hub has said, since it was asked, that the gap is lost.</summary>
    private bool _lost;

    public string Name { get; } = name;

    public List<Listener> Listeners { get; } = [];

    public FeedState State { get; set; }

    /// <summary>Live, but from a later place than some listener needs, or with too few events: it is to be followed anew.</summary>
    public bool Stale { get; set; }

    /// <summary>Whether an answer to a frame that asked for the whole namespace is still due.</summary>
    public bool NamespaceDue { get; private set; }

    public RealtimePosition? AskedSince { get; private set; }

    public RealtimeMode AskedMode { get; private set; }

    public bool Delivers => State == FeedState.Live && !Stale;

    public bool WantsSubscribe => Listeners.Count > 0 && (State == FeedState.Idle || (State == FeedState.Live && Stale));

    public bool WantsUnsubscribe => Listeners.Count == 0 && State == FeedState.Live;

    /// <summary>The position of whoever is furthest.</summary>
    public RealtimePosition? Newest => Extreme(static (a, b) => a > b);

    private RealtimeMode NeededMode => Listeners.Exists(l => l.Subscription.Mode == RealtimeMode.All) ? RealtimeMode.All : RealtimeMode.Latest;

    /// <summary>A frame is about to ask for the channel, from where all listeners can go on.</summary>
    public void Ask() => Ask(Extreme(static (a, b) => a < b), NeededMode);

    /// <summary>A frame is about to ask for the channel's namespace, which has no position.</summary>
    public void AskByNamespace(RealtimeMode mode)
    {
        NamespaceDue = true;
        Ask(null, mode);
    }

    /// <summary>Takes a listener in; one that the live subscription cannot serve makes it stale.</summary>
    public void Join(RealtimeSubscription subscription, RealtimePosition? since)
    {
        var known = Delivers ? Newest : null;
        Listeners.Add(subscription.Listen(this, since ?? known));
        var reachesBack = known is { } at && (since is not { } from || (from.Epoch == at.Epoch && from.Seq >= at.Seq));
        if (State == FeedState.Live && !(reachesBack && Sends(subscription.Mode))) Stale = true;
    }

    /// <summary>The hub has answered: everything after <paramref name="position"/> follows.</summary>
    public void Answered(RealtimePosition position, bool recovered, List<Notice> notices)
    {
        // A frame that named a place is answered with that place or after a resync: this is the namespace's answer, come late.
        var late = NamespaceDue && State == FeedState.Subscribing && AskedSince is not null && !recovered && !_lost;
        NamespaceDue &= recovered;
        if (late) return;
        (State, Stale) = (FeedState.Live, false);
        foreach (var listener in Listeners)
        {
            var former = listener.Cursor.Position;
            var behind = former is { } at && at.Epoch == position.Epoch && at.Seq < position.Seq;
            // What this frame did not ask for, the next one will.
            if (behind && !(listener.Counted && AskedSince is not null)) Stale = true;
            else if (former is null || behind || former.Value.Epoch != position.Epoch) Reset(listener, position, lost: former is not null, notices);
        }
        Stale |= Listeners.Count > 0 && !Sends(NeededMode);
    }

    /// <summary>The gap of every listener is lost.</summary>
    public void Resync(RealtimePosition position, List<Notice> notices)
    {
        _lost = true;
        foreach (var listener in Listeners) Reset(listener, position, lost: true, notices);
    }

    /// <summary>All up to <paramref name="seq"/> has been sent.</summary>
    public void Completed(long seq, List<Notice> notices)
    {
        if (!Delivers) return;
        foreach (var listener in Listeners)
        {
            if (listener.Cursor.Complete(seq)) notices.Add(new(listener.Subscription, new RealtimeProgress(Name, listener.Cursor.Position!.Value)));
        }
    }

    /// <summary>The connection is gone, and with it every answer under way.</summary>
    public void Disconnected() => (State, Stale, NamespaceDue) = (FeedState.Idle, false, false);

    /// <summary>The hub has dealt with the namespace's frame and not answered for this channel: it is to be asked for by name.</summary>
    public void Unanswered()
    {
        if (NamespaceDue && State == FeedState.Subscribing && AskedSince is null) State = FeedState.Idle;
    }

    private void Ask(RealtimePosition? since, RealtimeMode mode)
    {
        (State, Stale, AskedSince, AskedMode, _lost) = (FeedState.Subscribing, false, since, mode, false);
        foreach (var listener in Listeners) listener.Counted = true;
    }

    private void Reset(Listener listener, RealtimePosition position, bool lost, List<Notice> notices)
    {
        listener.Cursor.Reset(position);
        notices.Add(new(listener.Subscription, lost ? new RealtimeResync(Name, position) : new RealtimeProgress(Name, position)));
    }

    private bool Sends(RealtimeMode mode) => AskedMode == RealtimeMode.All || mode == RealtimeMode.Latest;

    private RealtimePosition? Extreme(Func<long, long, bool> better)
    {
        RealtimePosition? best = null;
        foreach (var listener in Listeners)
        {
            if (listener.Cursor.Position is { } position && (best is null || better(position.Seq, best.Value.Seq))) best = position;
        }
        return best;
    }
}

/// <summary>Something to tell a subscription once the lock is released.</summary>
internal readonly record struct Notice(RealtimeSubscription Subscription, RealtimeMessage Message);
