using System.Text.Json.Serialization;
using ChainSync.Core.Log;

namespace ChainSync.Core.Customers;

/// <summary>A person or firm the store sells to by name.</summary>
public sealed class Customer : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>What to call them.</summary>
    public required string Name { get; set; }

    /// <summary>E-mail address, or null.</summary>
    public string? Email { get; set; }

    /// <summary>Telephone number as given, or null.</summary>
    public string? Phone { get; set; }

    /// <summary>Their number in the system they were imported from, or null.</summary>
    public string? ExternalId { get; set; }

    /// <summary>False once archived.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Sum of their sales less refunds, minor units. A balance kept by the sales path, not a field anyone edits.</summary>
    [JsonIgnore]
    public long TotalSpentMinor { get; set; }

    /// <summary>How many sales.</summary>
    [JsonIgnore]
    public long TotalOrders { get; set; }

    /// <summary>When they last bought, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastOrderAt { get; set; }

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
