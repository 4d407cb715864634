namespace ChainSync.Realtime;

/// <summary>What the hub has counted since the start; two of them, a while apart, give rates.</summary>
/// <param name="EventsPublished">Events handed to the hub.</param>
/// <param name="Deliveries">Event frames queued to clients.</param>
/// <param name="FramesReceived">Client frames.</param>
/// <param name="BytesSent">Bytes written to clients.</param>
/// <param name="Writes">Writes to the network; several frames share one where they wait.</param>
public sealed record HubCounters(long EventsPublished, long Deliveries, long FramesReceived, long BytesSent, long Writes);
