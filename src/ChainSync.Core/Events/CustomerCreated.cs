namespace ChainSync.Core.Events;

/// <summary>A customer as they were added.</summary>
/// <param name="Id">Their id.</param>
/// <param name="SyncVersion">The version.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Active">Whether the customer is in use.</param>
/// <param name="Email">E-mail address, or null.</param>
/// <param name="Phone">Telephone number as given, or null.</param>
/// <param name="ExternalId">Their number in the system they were imported from, or null.</param>
public sealed record CustomerCreated(
    Guid Id, long SyncVersion, string Name, bool Active, string? Email = null, string? Phone = null, string? ExternalId = null);
