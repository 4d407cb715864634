namespace ChainSync.Realtime;

/// <summary>
/// Hands fleeting events to the connections of this node. The <see cref="Hub"/> is the one that does. It is also where a carrier between
/// several nodes fits in: it takes the hub's place towards publishers, and feeds what other nodes carry to it into the hub.
/// </summary>
public interface IHubFanOut
{
    /// <summary>Sends to everyone who follows the event's channel, or the stream as a whole, and may see it. Never waits for a client.</summary>
    /// <param name="streamId">The stream of the event's channel.</param>
    /// <param name="fleeting">The event.</param>
    void Send(string streamId, HubFleeting fleeting);

    /// <summary>Sends to all connections of one user who may see it, whatever they follow. Never waits for a client.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="fleeting">The event.</param>
    void SendToUser(string userId, HubFleeting fleeting);
}
