using ChainSync.Core.Identity;

namespace ChainSync.Server.Features.Identity;

/// <summary>Somebody who may sign in, as read from their account or employee row.</summary>
/// <param name="Id">The account's or employee's id.</param>
/// <param name="Email">Their address.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="StoreIds">Their stores; for an admin all of the chain's.</param>
/// <param name="CustomerId">The customer record of a customer.</param>
/// <param name="SecretHash">Slow hash of the password, or of the PIN.</param>
public sealed record Person(Guid Id, string? Email, string Name, Role Role, Guid[] StoreIds, Guid? CustomerId, string SecretHash)
{
    /// <summary>What the screens may know.</summary>
    public SignedInUser ToUser() => new(Id, Email, Name, Role, StoreIds, CustomerId);
}
