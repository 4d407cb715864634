namespace ChainSync.Realtime;

/// <summary>A place in a stream's log.</summary>
/// <param name="Seq">The last log position that is included; 0 is before the first.</param>
/// <param name="Epoch">Which life of the log the position belongs to; changes when the log is restored from a backup.</param>
public readonly record struct HubPosition(long Seq, string Epoch);
