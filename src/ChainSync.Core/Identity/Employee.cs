using System.Text.Json.Serialization;
using ChainSync.Core.Log;

namespace ChainSync.Core.Identity;

/// <summary>Somebody who works in a store and signs in at its tills with a PIN.</summary>
public sealed class Employee : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>The name on receipts and in the log.</summary>
    public required string Name { get; set; }

    /// <summary>E-mail address in the form of <see cref="Account.NormalEmail"/>, or null. Unique in the store.</summary>
    public string? Email { get; set; }

    /// <summary><see cref="Role.Staff"/> or <see cref="Role.Manager"/>.</summary>
    public required Role Role { get; set; }

    /// <summary>False once they have left.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Keyed hash of the PIN, to find its owner in the store; never leaves the server. Null: no PIN.</summary>
    [JsonIgnore]
    public byte[]? PinLookup { get; set; }

    /// <summary>The PIN's slow hash, to verify it; never leaves the server. Null: no PIN.</summary>
    [JsonIgnore]
    public string? PinHash { get; set; }

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
