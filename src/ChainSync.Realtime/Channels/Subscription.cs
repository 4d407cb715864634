using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Channels;

/// <summary>One connection's interest in one channel. All of its state is guarded by its feed's lock.</summary>
internal sealed class Subscription(HubConnection connection, StreamFeed feed, HubChannel channel)
{
    public HubConnection Connection { get; } = connection;

    public StreamFeed Feed { get; } = feed;

    public HubChannel Channel { get; } = channel;

    /// <summary>Whether of events with a key only the newest need come.</summary>
    public bool Latest { get; init; }

    /// <summary>Its place in the topic's list while live, so that leaving costs no search; -1 while not live.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Everything up to here has been queued or was not asked for; events at or below it are never sent.</summary>
    public long Cursor { get; set; }

    /// <summary>The position of the last live event queued; more events of the same one follow it whatever the queue holds.</summary>
    public long Begun { get; set; }

    /// <summary>Whether a burst outran it in the batch under way.</summary>
    public bool Lagging { get; set; }

    /// <summary>Whether the client has been told <c>subscribed</c>.</summary>
    public bool Announced { get; set; }

    /// <summary>Set once by unsubscribing; a catch-up under way then stops.</summary>
    public bool Ended { get; set; }

    public bool Live => Slot >= 0;

    public bool Covers(HubEvent hubEvent) => Channel.WholeStream || hubEvent.Channel == Channel.Name;
}
