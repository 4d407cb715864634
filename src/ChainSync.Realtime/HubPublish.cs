namespace ChainSync.Realtime;

/// <summary>A fleeting event that a client asks to publish. Nothing in it has been checked but its size.</summary>
/// <param name="Channel">The channel it names.</param>
/// <param name="Event">The event it names.</param>
/// <param name="Data">The event's <c>data</c> as sent: one JSON value in UTF-8, at most <see cref="HubOptions.MaxPublishBytes"/>. Valid during the call only.</param>
public sealed record HubPublish(string Channel, string Event, ReadOnlyMemory<byte> Data);
