namespace ChainSync.Core.Events;

/// <summary>A customer did something in the shop front.</summary>
/// <param name="UserId">Who, by their account.</param>
/// <param name="Kind">What, in one word: <c>search</c>, <c>checkout</c>.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record CustomerActivity(Guid UserId, string Kind, Guid? CustomerId = null, string? Name = null);
