namespace ChainSync.Core.Log;

/// <summary>A row that tills hold copies of: every change of it raises its version and goes through the log.</summary>
public interface ISynced
{
    /// <summary>The store that owns it.</summary>
    Guid StoreId { get; }

    /// <summary>Its id, unique in the store.</summary>
    Guid Id { get; }

    /// <summary>1 when created, one more with each change.</summary>
    long SyncVersion { get; set; }

    /// <summary>When the server last changed it, UTC.</summary>
    DateTimeOffset LastSyncedAt { get; set; }
}
