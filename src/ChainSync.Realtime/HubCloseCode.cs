namespace ChainSync.Realtime;

/// <summary>
/// Why the hub closed a connection. A client needs to know only the range: 4000–4499 (and the standard 1001, 1006, 1011–1013) mean
/// "reconnect and resume", 4500–4999 mean "do not, something must change first".
/// </summary>
public enum HubCloseCode
{
    /// <summary>A normal end, asked for by the client.</summary>
    Normal = 1000,

    /// <summary>What came is not the WebSocket protocol.</summary>
    ProtocolError = 1002,

    /// <summary>A binary message: the hub speaks JSON text.</summary>
    UnsupportedData = 1003,

    /// <summary>A text that is not UTF-8, or does not inflate.</summary>
    InvalidText = 1007,

    /// <summary>The message was larger than <see cref="HubOptions.MaxMessageBytes"/>.</summary>
    TooBig = 1009,

    /// <summary>The server is going away; the <c>reconnect</c> frame before it says when to come back.</summary>
    Draining = 4000,

    /// <summary>The client read too slowly; it should reconnect and resume.</summary>
    SlowReader = 4001,

    /// <summary>No answer to a ping in time.</summary>
    NoPong = 4002,

    /// <summary>The token expired; reconnect with a fresh one.</summary>
    TokenExpired = 4003,

    /// <summary>No <c>auth</c> frame in time.</summary>
    AuthTimeout = 4004,

    /// <summary>Something failed inside the server; reconnect and resume.</summary>
    ServerError = 4005,

    /// <summary>The user's rights changed; reconnect with a fresh token.</summary>
    RightsChanged = 4006,

    /// <summary>The token is not valid.</summary>
    BadToken = 4500,

    /// <summary>A refreshed token named another user.</summary>
    OtherUser = 4501,

    /// <summary>The client went on sending far over its frame allowance.</summary>
    TooManyFrames = 4502,

    /// <summary>The user was signed out or locked; sign in again.</summary>
    Revoked = 4503,
}
