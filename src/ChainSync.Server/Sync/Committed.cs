namespace ChainSync.Server.Sync;

/// <summary>What a committed operation answers.</summary>
/// <param name="Json">The answer as it was first given, UTF-16 JSON; stored with the operation.</param>
/// <param name="Status">The HTTP status it was first given with.</param>
/// <param name="Seq">The last log row it made.</param>
/// <param name="Replayed">True when the operation had been committed before and this is its stored answer.</param>
public sealed record Committed(string Json, int Status, long Seq, bool Replayed);
