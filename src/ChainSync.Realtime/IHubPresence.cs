namespace ChainSync.Realtime;

/// <summary>What the host makes of people coming and going: who counts, and how it is told. Register it as a service; without one nobody is counted.</summary>
public interface IHubPresence
{
    /// <summary>Whether the user counts as present while they follow something of the stream. Called at every subscribe: must be a look into memory.</summary>
    bool Counts(HubUser user, string streamId);

    /// <summary>Tells that somebody has come or left. Called under a lock: must only write the event.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="who">The person, as their newest connection authenticated them.</param>
    /// <param name="present">Whether they have come.</param>
    /// <param name="online">How many are present now.</param>
    HubFleeting Changed(string streamId, HubUser who, bool present, int online);

    /// <summary>
    /// Tells who is there: sent to each new follower who may see it, and to all in place of the single changes when many come at once.
    /// On the same channel as <see cref="Changed"/> and for the same audience. Called under a lock: must only write the event.
    /// </summary>
    HubFleeting State(string streamId, HubPresent present);
}
