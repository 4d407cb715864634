namespace ChainSync.Realtime;

/// <summary>What clients may publish, decided by the host. Register it as a service; without one every <c>publish</c> is refused.</summary>
public interface IHubPublishing
{
    /// <summary>
    /// Judges what a client wants to publish, and completes it: who it is about comes from <paramref name="user"/>, never from what
    /// was sent. The hub sees to size, rate, coalescing and that the connection follows something of the stream; whether this user
    /// may speak on this channel is the host's to say. Called for every such frame, so it should not often leave memory.
    /// </summary>
    ValueTask<HubPublication> JudgeAsync(HubUser user, HubPublish publish, CancellationToken cancellationToken);
}
