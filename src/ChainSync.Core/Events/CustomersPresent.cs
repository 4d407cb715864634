namespace ChainSync.Core.Events;

/// <summary>Who is there, at the moment a subscription begins.</summary>
/// <param name="Online">How many customers; people are counted, not connections.</param>
/// <param name="Customers">Who they are, the first hundred of them.</param>
public sealed record CustomersPresent(int Online, IReadOnlyList<PresentCustomer> Customers);

/// <summary>Somebody who is there.</summary>
/// <param name="UserId">Who, by their account.</param>
/// <param name="CustomerId">Their customer record.</param>
/// <param name="Name">What to call them.</param>
public sealed record PresentCustomer(Guid UserId, Guid? CustomerId = null, string? Name = null);
