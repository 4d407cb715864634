namespace ChainSync.Core.Events;

/// <summary>A shift ended and its cash was counted.</summary>
/// <param name="Id">The shift's id.</param>
/// <param name="RegisterId">The register.</param>
/// <param name="BusinessDate">The day all its sales counted for.</param>
/// <param name="ClosedAt">The till's clock.</param>
/// <param name="ExpectedMinor">What should have been in the drawer, minor units.</param>
/// <param name="CountedMinor">What was in it, minor units.</param>
/// <param name="ActorName">Who closed it.</param>
public sealed record ShiftClosed(
    Guid Id, Guid RegisterId, DateOnly BusinessDate, DateTimeOffset ClosedAt, long ExpectedMinor, long CountedMinor, string? ActorName = null);
