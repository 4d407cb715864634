namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A page of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">What to send as <c>after</c> for the next page; null on the last.</param>
/// <param name="Position">The place in the store's log that the page was read at: load, then subscribe from here, has no hole.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, Position Position);

/// <summary>A short list that comes whole.</summary>
public sealed record ItemList<T>(IReadOnlyList<T> Items);

/// <summary>A place in a store's log.</summary>
/// <param name="Seq">The last row included.</param>
/// <param name="Epoch">The life of the log; positions of different epochs do not compare.</param>
public sealed record Position(long Seq, Guid Epoch);
