namespace ChainSync.Realtime;

/// <summary>One thing a client can subscribe to: a channel of a stream, or the stream as a whole.</summary>
/// <param name="Name">The name on the wire, such as <c>orders:&lt;id&gt;</c> or <c>store:&lt;id&gt;</c>.</param>
/// <param name="StreamId">The stream whose log orders the channel's events.</param>
/// <param name="WholeStream">Whether this is every channel of the stream that the user may see, as one ordered sequence.</param>
public sealed record HubChannel(string Name, string StreamId, bool WholeStream = false);
