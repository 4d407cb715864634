using ChainSync.Realtime.Connections;
using ChainSync.Realtime.Fleeting;

namespace ChainSync.Realtime.Channels;

// Events of the moment. They reach live subscriptions only, under the same lock, so that none overtakes its channel's "subscribed" or
// follows its "unsubscribed"; positions, ring and log know nothing of them.
internal sealed partial class StreamFeed
{
    private FleetingFeed? _fleeting;
    private HubFleeting? _state;
    private bool _owing;

    /// <summary>What clients publish to this stream.</summary>
    public FleetingFeed Fleeting
    {
        get { lock (_gate) return _fleeting ??= new(StreamId, _hub.Options, _hub.Clock, _hub.Metrics, _hub); }
    }

    /// <summary>Sends to whoever follows and may see it; a reader without room goes without.</summary>
    public void Send(HubFleeting fleeting)
    {
        lock (_gate)
        {
            Stage(fleeting, owed: false);
            Settle();
        }
    }

    /// <summary>Sends to one connection that follows the event's channel, once it has been told that it does.</summary>
    public void Send(Subscription subscription, HubFleeting fleeting)
    {
        lock (_gate)
        {
            if (subscription.Announced && !subscription.Ended) subscription.Connection.Offer(fleeting);
        }
    }

    /// <summary>
    /// Sends what has changed in a state, and keeps the state for those who come later. Who had no room for a change is owed the whole
    /// state instead, and gets it when there is room.
    /// </summary>
    public void Tell(IReadOnlyList<HubFleeting> news, HubFleeting state)
    {
        lock (_gate)
        {
            _state = state;
            foreach (var item in news) Stage(item, owed: true);
            PayOwed();
            Settle();
        }
    }

    /// <summary>Tries again those who had no room.</summary>
    public void TellOwed()
    {
        lock (_gate)
        {
            PayOwed();
            Settle();
        }
    }

    /// <summary>Whoever has just become live is told the state, where there is one that they may see.</summary>
    private void Greet(Subscription subscription)
    {
        if (_state is null || !Follows(subscription, _state)) return;
        subscription.OwedState = subscription.Connection.Offer(_state) == Staged.Dropped;
        _owing |= subscription.OwedState;
    }

    private void Stage(HubFleeting fleeting, bool owed)
    {
        foreach (var subscribers in (ReadOnlySpan<Subscribers>)[_all, _latest])
        {
            Stage(subscribers.Of(fleeting.Channel), fleeting, owed);
            Stage(subscribers.Whole, fleeting, owed);
        }
    }

    private void Stage(Span<Subscription> subscribers, HubFleeting fleeting, bool owed)
    {
        foreach (var subscription in subscribers)
        {
            if (owed && subscription.OwedState) continue;
            var staged = subscription.Connection.Stage(fleeting, out var first);
            if (first) _staged.Add(subscription.Connection);
            if (staged != Staged.Dropped || !owed) continue;
            subscription.OwedState = _owing = true;
        }
    }

    private void PayOwed()
    {
        if (!_owing || _state is not { } state) return;
        _owing = false;
        ForEachLive(subscription =>
        {
            if (!subscription.OwedState) return;
            subscription.OwedState = subscription.Connection.Stage(state, out var first) == Staged.Dropped;
            if (first) _staged.Add(subscription.Connection);
            _owing |= subscription.OwedState;
        });
    }

    private static bool Follows(Subscription subscription, HubFleeting fleeting) =>
        subscription.Channel.WholeStream || subscription.Channel.Name == fleeting.Channel;
}
