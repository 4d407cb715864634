namespace ChainSync.Realtime.Connections;

/// <summary>What a <see cref="MessageReader"/> found.</summary>
internal enum Arrived
{
    /// <summary>Nothing whole yet.</summary>
    Nothing,

    /// <summary>A message of text, in valid UTF-8.</summary>
    Text,

    /// <summary>A ping, to be answered with the same payload.</summary>
    Ping,

    /// <summary>The client closes, or answers that the hub does.</summary>
    Close,

    /// <summary>What the hub does not take, or no client may send. Of what follows, the reader tells no more than the client's close.</summary>
    Refused,
}

/// <summary>One thing a client sent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">The text, or the payload of a ping; good until the next is read.</param>
/// <param name="Code">Why it is refused, or the code the client closes with; 1000 when it gives none.</param>
/// <param name="Reason">Why it is refused, in words.</param>
internal readonly record struct Incoming(Arrived Kind, ReadOnlyMemory<byte> Payload = default, HubCloseCode Code = HubCloseCode.Normal, string Reason = "");
