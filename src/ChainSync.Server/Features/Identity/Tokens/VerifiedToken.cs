using ChainSync.Core.Identity;

namespace ChainSync.Server.Features.Identity.Tokens;

/// <summary>What an access token that passed every check says.</summary>
/// <param name="Id">The token's own id.</param>
/// <param name="PersonId">The account or employee.</param>
/// <param name="SessionId">The session it was given out in.</param>
/// <param name="Name">The person's name at that time.</param>
/// <param name="Role">Their role.</param>
/// <param name="Stores">Their stores; empty for an admin, who has all.</param>
/// <param name="CustomerId">The customer record of a customer.</param>
/// <param name="ExpiresAt">When it ends: a socket opened with it must be closed then.</param>
public sealed record VerifiedToken(
    Guid Id, Guid PersonId, Guid SessionId, string Name, Role Role, IReadOnlySet<Guid> Stores, Guid? CustomerId, DateTimeOffset ExpiresAt)
{
    /// <summary>The caller it speaks for.</summary>
    /// <param name="ip">The address the request came from.</param>
    public Caller ToCaller(string? ip) => new(PersonId, Name, Role, Stores, CustomerId, ip);
}
