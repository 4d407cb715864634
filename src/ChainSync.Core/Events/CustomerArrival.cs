namespace ChainSync.Core.Events;

/// <summary>A customer came or left; which of the two is the event's name.</summary>
/// <param name="UserId">Who, by their account.</param>
/// <param name="Online">How many customers are there now; people are counted, not connections.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record CustomerArrival(Guid UserId, int Online, Guid? CustomerId = null, string? Name = null);
