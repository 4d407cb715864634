namespace ChainSync.Core.Events;

/// <summary>Whether an event outlives the moment.</summary>
public enum EventLife
{
    /// <summary>Of the store's log: it has a position, and whoever was away is sent it later.</summary>
    Durable,

    /// <summary>For those who are there: no position, never logged, never sent again.</summary>
    Fleeting,
}
