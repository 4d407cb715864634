using ChainSync.Core.Log;

namespace ChainSync.Core.Stores;

/// <summary>A kind of taxation that products belong to, with its rate in one store.</summary>
public sealed class TaxClass : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>Short and stable: <c>standard</c>, <c>reduced</c>.</summary>
    public required string Code { get; set; }

    /// <summary>What the receipt calls it.</summary>
    public required string Name { get; set; }

    /// <summary>Parts per million: 8.875 % is 88,750.</summary>
    public required int RatePpm { get; set; }

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
