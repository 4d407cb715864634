namespace ChainSync.Realtime;

/// <summary>The hub at one moment, for pages and endpoints that show it.</summary>
/// <param name="Connections">Open connections.</param>
/// <param name="Authenticated">Those that have a user.</param>
/// <param name="Users">Distinct users among them.</param>
/// <param name="Subscriptions">Subscriptions by namespace (the part of a channel's name before the colon).</param>
/// <param name="Closes">Connections closed since the start, by the name of the close code.</param>
/// <param name="ConnectionsAccepted">Connections since the start.</param>
/// <param name="ConnectionsRefused">Connections refused before the upgrade since the start.</param>
/// <param name="EventsPublished">Events handed to the hub since the start.</param>
/// <param name="Deliveries">Event frames queued to clients since the start, replayed ones included.</param>
/// <param name="FramesReceived">Client frames since the start.</param>
/// <param name="BytesSent">Bytes written since the start.</param>
/// <param name="Writes">Writes to the network since the start; several frames share one where they wait.</param>
/// <param name="QueuedBytes">Bytes waiting for clients now.</param>
/// <param name="Draining">Whether the hub is shutting down.</param>
public sealed record HubStatistics(
    int Connections,
    int Authenticated,
    int Users,
    IReadOnlyDictionary<string, int> Subscriptions,
    IReadOnlyDictionary<string, long> Closes,
    long ConnectionsAccepted,
    long ConnectionsRefused,
    long EventsPublished,
    long Deliveries,
    long FramesReceived,
    long BytesSent,
    long Writes,
    long QueuedBytes,
    bool Draining);
