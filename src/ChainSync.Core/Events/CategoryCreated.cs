namespace ChainSync.Core.Events;

/// <summary>A category as it began.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SyncVersion">Its version.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Position">Order among its neighbours, rising.</param>
/// <param name="Active">Whether it is in use.</param>
/// <param name="ParentId">The category above, or null at the top.</param>
public sealed record CategoryCreated(Guid Id, long SyncVersion, string Name, int Position, bool Active, Guid? ParentId = null);
