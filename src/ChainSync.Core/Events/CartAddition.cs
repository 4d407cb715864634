namespace ChainSync.Core.Events;

/// <summary>A customer put something into their cart.</summary>
/// <param name="UserId">Who, by their account.</param>
/// <param name="ProductId">What.</param>
/// <param name="QuantityMilli">How much, thousandths of a unit.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record CartAddition(Guid UserId, Guid ProductId, long QuantityMilli, Guid? CustomerId = null, string? Name = null);
