namespace ChainSync.Realtime.Client;

/// <summary>A place in a stream's log. REST lists return one; a subscription that starts from it has no hole.</summary>
/// <param name="Seq">The last log position that is included; 0 is before the first.</param>
/// <param name="Epoch">Which life of the log it belongs to; opaque.</param>
public readonly record struct RealtimePosition(long Seq, string Epoch);
