namespace ChainSync.Core.Events;

/// <summary>An order went a step on.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Status">How far it is now.</param>
/// <param name="PreviousStatus">How far it was.</param>
/// <param name="SyncVersion">Its version after the change.</param>
/// <param name="CustomerId">Whose it is, where known: the event is their own.</param>
public sealed record OrderStatusChanged(
    Guid Id, string Number, string Status, string PreviousStatus, long SyncVersion, Guid? CustomerId = null);
