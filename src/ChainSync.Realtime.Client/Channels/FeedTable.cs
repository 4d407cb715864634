using System.Buffers;
using ChainSync.Realtime.Client.Wire;

namespace ChainSync.Realtime.Client.Channels;

/// <summary>
/// What the client follows and how far it has got; outlives connections. Its owner asks it for the next frame to send and hands it
/// the hub's answers, so nothing about subscriptions ever waits in a queue.
/// </summary>
internal sealed class FeedTable
{
    /// <summary>Keeps a frame below the hub's limit of a message.</summary>
    private const int ChannelsPerFrame = 500;

    /// <summary>The channel of everything of a stream, as one sequence: <c>store:&lt;id&gt;</c>.</summary>
    private const string WholeStream = "store:";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChannelFeed> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChannelFeed>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<Namespace> _namespaces = [];
    private bool _connected;

    public FeedTable() => _bySpan = _feeds.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Join(RealtimeSubscription subscription, RealtimePosition? since)
    {
        lock (_gate)
        {
            if (subscription.Channel is { } channel) Feed(channel).Join(subscription, since);
            else JoinNamespace(subscription);
        }
    }

    public void Leave(RealtimeSubscription subscription)
    {
        lock (_gate)
        {
            foreach (var (feed, listener) in subscription.Listeners)
            {
                feed.Listeners.Remove(listener);
                if (feed is { Listeners.Count: 0, State: FeedState.Idle }) _feeds.Remove(feed.Name);
            }
            foreach (var ns in _namespaces) ns.Members.Remove(subscription);
            _namespaces.RemoveAll(ns => ns.Members.Count == 0);
        }
    }

    /// <summary>How far a subscription has got on a channel of its.</summary>
    public RealtimePosition? PositionOf(Listener listener)
    {
        lock (_gate) return listener.Cursor.Position;
    }

    public void Connected()
    {
        lock (_gate) _connected = true;
    }

    public void Disconnected()
    {
        lock (_gate)
        {
            _connected = false;
            foreach (var feed in _feeds.Values) feed.Disconnected();
            foreach (var name in _feeds.Values.Where(f => f.Listeners.Count == 0).Select(f => f.Name).ToList()) _feeds.Remove(name);
            foreach (var ns in _namespaces) ns.Asked = false;
        }
    }

    /// <summary>Writes the next frame that subscriptions need. False when none does.</summary>
    public bool TryTakeFrame(IBufferWriter<byte> to, out bool mustPing)
    {
        mustPing = false;
        lock (_gate)
        {
            if (!_connected) return false;
            var leaving = _feeds.Values.Where(f => f.WantsUnsubscribe).Take(ChannelsPerFrame).ToList();
            if (leaving.Count > 0)
            {
                leaving.ForEach(f => f.State = FeedState.Leaving);
                ClientFrames.Unsubscribe(to, leaving);
                return true;
            }
            if (_namespaces.Find(n => !n.Asked && !FeedsOf(n).Any(f => f.State is FeedState.Subscribing or FeedState.Leaving)) is { } ns)
            {
                // The pong tells that the hub has dealt with it: a channel not answered by then is no longer in it.
                mustPing = true;
                AskNamespace(ns, to);
                return true;
            }
            var joining = _feeds.Values.Where(f => f.WantsSubscribe).Take(ChannelsPerFrame).ToList();
            if (joining.Count == 0) return false;
            joining.ForEach(f => f.Ask());
            ClientFrames.Subscribe(to, joining);
            return true;
        }
    }

    public void Answered(string channel, RealtimePosition position, bool recovered, List<Notice> notices)
    {
        lock (_gate)
        {
            foreach (var ns in _namespaces.Where(n => channel.StartsWith(n.Prefix, StringComparison.Ordinal)))
            {
                var feed = Feed(channel);
                foreach (var member in ns.Members.Where(m => !feed.Listeners.Exists(l => l.Subscription == m))) feed.Join(member, null);
            }
            if (_feeds.TryGetValue(channel, out var answered)) answered.Answered(position, recovered, notices);
        }
    }

    public void Resync(string channel, RealtimePosition position, List<Notice> notices)
    {
        lock (_gate)
        {
            if (_feeds.TryGetValue(channel, out var feed)) feed.Resync(position, notices);
        }
    }

    public void Completed(List<(string Channel, long Seq)> positions, List<Notice> notices)
    {
        lock (_gate)
        {
            foreach (var (channel, seq) in positions)
            {
                if (_feeds.TryGetValue(channel, out var feed)) feed.Completed(seq, notices);
            }
        }
    }

    /// <summary>The hub has dealt with all that was sent before the ping.</summary>
    public void Ponged()
    {
        lock (_gate)
        {
            foreach (var feed in _feeds.Values) feed.Unanswered();
        }
    }

    /// <summary>The hub answers a subscribe frame with a refusal. An error about a channel that is not being asked for is about something else.</summary>
    public bool Refused(string target, string code, List<Notice> notices)
    {
        lock (_gate)
        {
            if (_namespaces.Find(n => n.Name == target && n.Asked) is { } ns)
            {
                _namespaces.Remove(ns);
                notices.AddRange(ns.Members.Select(m => new Notice(m, new RealtimeRefusal(target, code))));
                return true;
            }
            if (!_feeds.TryGetValue(target, out var feed) || feed.State != FeedState.Subscribing) return false;
            Remove(feed, code, notices);
            return true;
        }
    }

    /// <summary>The channel has ended on the wire: because that was asked for, or with a code because rights ended.</summary>
    public void Ended(string channel, string? code, List<Notice> notices)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(channel, out var feed)) return;
            feed.Disconnected();
            if (code is not null || feed.Listeners.Count == 0) Remove(feed, code ?? "", notices);
        }
    }

    /// <summary>Who is to be told of an event.</summary>
    /// <returns>The epoch of its seq, or null when nobody is.</returns>
    public string? Collect(in ServerFrame frame, List<Listener> into)
    {
        into.Clear();
        var channel = frame.Channel!;
        Span<char> whole = stackalloc char[WholeStream.Length + channel.Length];
        WholeStream.CopyTo(whole);
        var id = channel.AsSpan(channel.IndexOf(':', StringComparison.Ordinal) + 1);
        id.CopyTo(whole[WholeStream.Length..]);
        lock (_gate)
        {
            if (_feeds.TryGetValue(channel, out var feed)) Collect(feed, frame, into);
            if (_bySpan.TryGetValue(whole[..(WholeStream.Length + id.Length)], out var stream) && stream != feed) Collect(stream, frame, into);
            return into.Count == 0 ? null : into[0].Cursor.Position?.Epoch ?? "";
        }
    }

    /// <summary>A notice did not get through before the client closed. One that spoke of a loss must come again: an unknown place brings it.</summary>
    public void Undelivered(Notice notice)
    {
        if (notice.Message is not RealtimeResync) return;
        foreach (var (_, listener) in notice.Subscription.Listeners.Where(l => l.Feed.Name == notice.Message.Channel))
        {
            lock (_gate) listener.Cursor.Reset(default(RealtimePosition) with { Epoch = "" });
        }
    }

    /// <summary>A listener has had an event.</summary>
    public void Took(Listener listener, RealtimeEvent e)
    {
        if (e.IsFleeting) return;
        lock (_gate) listener.Cursor.Take(e.Channel, e.Seq, e.Part);
    }

    private void Remove(ChannelFeed feed, string code, List<Notice> notices)
    {
        _feeds.Remove(feed.Name);
        notices.AddRange(feed.Listeners.Select(l => new Notice(l.Subscription, new RealtimeRefusal(feed.Name, code))));
    }

    private static void Collect(ChannelFeed feed, in ServerFrame frame, List<Listener> into)
    {
        if (!feed.Delivers) return;
        foreach (var listener in feed.Listeners)
        {
            if (frame.Seq == 0 || listener.Cursor.IsNew(frame.Channel!, frame.Seq, frame.Part)) into.Add(listener);
        }
    }

    private void JoinNamespace(RealtimeSubscription subscription)
    {
        var ns = _namespaces.Find(n => n.Name == subscription.Namespace);
        if (ns is null) _namespaces.Add(ns = new(subscription.Namespace!));
        ns.Members.Add(subscription);
        foreach (var feed in FeedsOf(ns)) feed.Join(subscription, null);
    }

    private void AskNamespace(Namespace ns, IBufferWriter<byte> to)
    {
        ns.Asked = true;
        var mode = ns.Members.Exists(m => m.Mode == RealtimeMode.All) ? RealtimeMode.All : RealtimeMode.Latest;
        // The hub's answer replaces what is live, too; whoever then turns out to be behind is followed anew from its place.
        foreach (var feed in FeedsOf(ns).Where(f => f.Listeners.Count > 0)) feed.AskByNamespace(mode);
        ClientFrames.SubscribeNamespace(to, ns.Name, mode);
    }

    private IEnumerable<ChannelFeed> FeedsOf(Namespace ns) => _feeds.Values.Where(f => f.Name.StartsWith(ns.Prefix, StringComparison.Ordinal));

    private ChannelFeed Feed(string channel)
    {
        if (!_feeds.TryGetValue(channel, out var feed)) _feeds.Add(channel, feed = new(channel));
        return feed;
    }

    /// <summary>A namespace that is followed in every stream the user may see; its channels become feeds as the hub names them.</summary>
    private sealed class Namespace(string name)
    {
        public string Name { get; } = name;

        public string Prefix { get; } = name + ":";

        public List<RealtimeSubscription> Members { get; } = [];

        public bool Asked { get; set; }
    }
}
