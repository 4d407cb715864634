using System.Collections.Concurrent;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// The sessions whose access tokens are refused before their time. Small: only those that ended within an access token's
/// life. This node's own are in it at once, those of other nodes after <see cref="IdentityOptions.RevocationPollInterval"/>.
/// </summary>
public sealed class RevokedSessions
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _endedAt = new();

    /// <summary>Whether the session has ended.</summary>
    public bool Contains(Guid sessionId) => _endedAt.ContainsKey(sessionId);

    /// <summary>Refuses the session's tokens from now on.</summary>
    public void Add(Guid sessionId, DateTimeOffset endedAt) => _endedAt.TryAdd(sessionId, endedAt);

    /// <summary>Drops those whose last token has ended by itself.</summary>
    public void RemoveEndedBefore(DateTimeOffset time)
    {
        foreach (var (sessionId, endedAt) in _endedAt)
            if (endedAt < time) _endedAt.TryRemove(sessionId, out _);
    }
}
