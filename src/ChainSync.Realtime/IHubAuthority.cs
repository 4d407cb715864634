namespace ChainSync.Realtime;

/// <summary>What the host decides for the hub: who someone is, what they may follow, and which events they may see.</summary>
public interface IHubAuthority
{
    /// <summary>Checks a token from an <c>auth</c> frame or an <c>Authorization: Bearer</c> header.</summary>
    ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken);

    /// <summary>
    /// What <c>subscribe</c> means for this user. Exactly one of <paramref name="ns"/> and <paramref name="channel"/> is set.
    /// Asked again for every channel a connection holds when its token is refreshed.
    /// </summary>
    ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken);

    /// <summary>Whether the user may see this event. Called for every frame, live or replayed, on the publisher's thread: must not block.</summary>
    bool MaySee(HubUser user, HubEvent hubEvent);

    /// <summary>
    /// Whether the user may see this fleeting event; by default nobody sees any. Called for every frame on the publisher's thread and
    /// under a lock: must be a look into memory.
    /// </summary>
    bool MaySee(HubUser user, HubFleeting fleeting) => false;

    /// <summary>
    /// Whether what the user signed in with has ended since, as by a sign-out: the connection is closed with
    /// <see cref="HubCloseCode.Revoked"/>. Asked about every connection some times a second: must be a look into memory.
    /// </summary>
    bool IsRevoked(HubUser user) => false;
}
