namespace ChainSync.Core.Events;

/// <summary>A customer looks at a product; ends by itself after the frame's <c>expiresInMs</c>.</summary>
/// <param name="UserId">Who, by their account.</param>
/// <param name="ProductId">At what.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record ProductViewed(Guid UserId, Guid ProductId, Guid? CustomerId = null, string? Name = null);
