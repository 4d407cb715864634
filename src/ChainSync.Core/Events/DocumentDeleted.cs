namespace ChainSync.Core.Events;

/// <summary>A document is gone from use. Its history stays, and what was sold of it still names it.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="SyncVersion">Its last version.</param>
public sealed record DocumentDeleted(Guid Id, long SyncVersion);
