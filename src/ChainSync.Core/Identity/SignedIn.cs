namespace ChainSync.Core.Identity;

/// <summary>A session's answer: what to send with each request, until when, and who it speaks for.</summary>
/// <param name="AccessToken">A JWT for the <c>Authorization: Bearer</c> header and the socket's <c>auth</c> frame.</param>
/// <param name="ExpiresAt">When the token ends, UTC; refresh before that.</param>
/// <param name="User">Who signed in.</param>
public sealed record SignedIn(string AccessToken, DateTimeOffset ExpiresAt, SignedInUser User);

/// <summary>Who is signed in, for the screens.</summary>
/// <param name="Id">The account's or employee's id.</param>
/// <param name="Email">Their address; null for an employee without one.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="StoreIds">Their stores; for an admin all of the chain's.</param>
/// <param name="CustomerId">The customer record of a customer.</param>
public sealed record SignedInUser(Guid Id, string? Email, string Name, Role Role, IReadOnlyList<Guid> StoreIds, Guid? CustomerId = null);
