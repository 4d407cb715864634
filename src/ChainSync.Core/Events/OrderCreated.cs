namespace ChainSync.Core.Events;

/// <summary>An order, without its lines.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Channel">Where it came from: <c>online</c>, <c>phone</c> or <c>pickup</c>.</param>
/// <param name="Status">How far it is: <c>pending</c> at first.</param>
/// <param name="TotalMinor">What it comes to, minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Items">How many lines.</param>
/// <param name="PlacedAt">When it was placed, UTC.</param>
/// <param name="CustomerId">Whose it is, where known: the event is their own.</param>
public sealed record OrderCreated(
    Guid Id,
    string Number,
    string Channel,
    string Status,
    long TotalMinor,
    string Currency,
    int Items,
    DateTimeOffset PlacedAt,
    Guid? CustomerId = null);
