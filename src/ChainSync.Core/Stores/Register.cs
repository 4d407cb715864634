using System.Text.Json.Serialization;
using ChainSync.Core.Log;

namespace ChainSync.Core.Stores;

/// <summary>A till point: one device numbers receipts in its series.</summary>
public sealed class Register : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>1, 2, 3 … in the store.</summary>
    public required int Number { get; set; }

    /// <summary>What people call it: <c>Counter left</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The receipt series, <c>S1-R2</c>: unique in the store, written by one device only.</summary>
    public required string Series { get; set; }

    /// <summary>SHA-256 of the key the device holds; never leaves the server.</summary>
    [JsonIgnore]
    public byte[] KeyHash { get; set; } = [];

    /// <summary>False once the register is taken out of use.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
