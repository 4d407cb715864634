using System.Collections.Concurrent;
using ChainSync.Realtime.Channels;

namespace ChainSync.Realtime.Presence;

/// <summary>Who is present where: a room per stream, entered and left with subscriptions, told at each sweep of the hub.</summary>
internal sealed class PresenceBook(IHubPresence host, Hub hub)
{
    private readonly ConcurrentDictionary<string, PresenceRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>A subscription begins, or goes on with a fresh token.</summary>
    public void Enter(Subscription subscription, HubUser user)
    {
        var before = subscription.PresentAs;
        subscription.PresentAs = null;
        if (host.Counts(user, subscription.Feed.StreamId))
        {
            Room(subscription).Enter(user);
            subscription.PresentAs = user.Id;
        }
        if (before is not null) Room(subscription).Leave(before);
    }

    /// <summary>A subscription has ended, whichever way.</summary>
    public void Leave(Subscription subscription)
    {
        if (subscription.PresentAs is not { } userId) return;
        subscription.PresentAs = null;
        Room(subscription).Leave(userId);
    }

    /// <summary>Tells followers what has changed, in one go for all that came together.</summary>
    public void Sweep()
    {
        foreach (var (streamId, room) in _rooms)
        {
            try
            {
                var feed = hub.Feed(streamId);
                if (!room.Pass(host, feed.Tell)) feed.TellOwed();
            }
            catch (Exception e)
            {
                hub.PresenceFailed(streamId, e);
            }
        }
    }

    public HubPresent Of(string streamId) => _rooms.TryGetValue(streamId, out var room) ? room.Present : new(0, []);

    /// <summary>What the first follower of a stream is told.</summary>
    public HubFleeting? Nobody(string streamId)
    {
        try
        {
            return host.State(streamId, new(0, []));
        }
        catch (Exception e)
        {
            hub.PresenceFailed(streamId, e);
            return null;
        }
    }

    private PresenceRoom Room(Subscription subscription) =>
        _rooms.GetOrAdd(subscription.Feed.StreamId, static (id, hub) => new(id, hub.Options, hub.Clock), hub);
}
