namespace ChainSync.Server.Features.Identity;

/// <summary>One sign-in and all tokens that came from it.</summary>
/// <param name="Id">The <c>sid</c> of its access tokens.</param>
/// <param name="PersonId">The account, or for a PIN session the employee.</param>
/// <param name="Register">The till it is bound to, for a PIN session.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
public sealed record Session(Guid Id, Guid PersonId, RegisterRef? Register, DateTimeOffset ExpiresAt);

/// <summary>A till of a store.</summary>
public sealed record RegisterRef(Guid StoreId, Guid RegisterId);

/// <summary>A refresh token as it goes into the cookie.</summary>
/// <param name="Text">256 random bits, base64url.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record RefreshToken(string Text, DateTimeOffset ExpiresAt);
