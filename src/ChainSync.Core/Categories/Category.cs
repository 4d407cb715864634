using ChainSync.Core.Log;

namespace ChainSync.Core.Categories;

/// <summary>A department or shelf that products are found under.</summary>
public sealed class Category : ISynced
{
    /// <inheritdoc/>
    public required Guid StoreId { get; init; }

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>What the tab on the till says.</summary>
    public required string Name { get; set; }

    /// <summary>The category above, or null at the top.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Order among its neighbours, rising.</summary>
    public int Position { get; set; }

    /// <summary>False once archived.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }
}
