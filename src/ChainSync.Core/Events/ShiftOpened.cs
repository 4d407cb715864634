namespace ChainSync.Core.Events;

/// <summary>A shift began at a register.</summary>
/// <param name="Id">The shift's id.</param>
/// <param name="RegisterId">The register.</param>
/// <param name="BusinessDate">The day all its sales count for.</param>
/// <param name="OpenedAt">The till's clock.</param>
/// <param name="FloatMinor">The change it began with, minor units.</param>
/// <param name="ActorName">Who opened it.</param>
public sealed record ShiftOpened(
    Guid Id, Guid RegisterId, DateOnly BusinessDate, DateTimeOffset OpenedAt, long FloatMinor, string? ActorName = null);
