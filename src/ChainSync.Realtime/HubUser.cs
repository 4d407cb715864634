namespace ChainSync.Realtime;

/// <summary>Who is behind a connection, as the host's <see cref="IHubAuthority"/> told it.</summary>
/// <param name="Id">The user's id: a refreshed token must name the same one.</param>
/// <param name="Role">The user's role, shown to the client; the hub does not interpret it.</param>
/// <param name="ExpiresAt">When the token ends (UTC). The connection is closed <see cref="HubOptions.TokenGrace"/> later unless refreshed.</param>
/// <param name="Claims">Whatever the host wants back in <see cref="IHubAuthority.MaySee(HubUser, HubEvent)"/>; opaque to the hub.</param>
public sealed record HubUser(string Id, string Role, DateTimeOffset ExpiresAt, object? Claims = null);
