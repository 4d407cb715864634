using ChainSync.Realtime.Connections;
using ChainSync.Realtime.Presence;

namespace ChainSync.Realtime;

// Events of the moment and who is present.
public sealed partial class Hub : IHubFanOut
{
    internal IHubPublishing? Publishing { get; }

    internal PresenceBook? Presence { get; }

    internal UserIndex Users { get; } = new();

    /// <summary>Who is present in a stream, by the host's <see cref="IHubPresence"/>: people, not connections, of this node.</summary>
    public HubPresent Present(string streamId) => Presence?.Of(streamId) ?? new(0, []);

    /// <inheritdoc/>
    public void Send(string streamId, HubFleeting fleeting)
    {
        ArgumentNullException.ThrowIfNull(fleeting);
        Feed(streamId).Send(fleeting);
    }

    /// <inheritdoc/>
    public void SendToUser(string userId, HubFleeting fleeting)
    {
        ArgumentNullException.ThrowIfNull(fleeting);
        foreach (var connection in Users.Of(userId))
        {
            // Where the connection follows the channel, its "subscribed" comes first.
            if (connection.Following(fleeting.Channel) is { } subscription) subscription.Feed.Send(subscription, fleeting);
            else connection.Offer(fleeting);
        }
    }

    /// <summary>The host's filter; a failure in it hides the event and must not stop the others.</summary>
    internal bool MaySee(HubUser user, HubFleeting fleeting)
    {
        try
        {
            return Authority.MaySee(user, fleeting);
        }
        catch (Exception e)
        {
            LogFleetingFilterFailed(fleeting.Channel, e);
            return false;
        }
    }

    internal void PresenceFailed(string streamId, Exception exception) => LogPresenceFailed(streamId, exception);
}
