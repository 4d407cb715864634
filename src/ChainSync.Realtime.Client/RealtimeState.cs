namespace ChainSync.Realtime.Client;

/// <summary>What the connection is doing.</summary>
public enum RealtimeStatus
{
    /// <summary>Not connected, and it will not try until asked.</summary>
    Closed,

    /// <summary>Opening a socket and signing in.</summary>
    Connecting,

    /// <summary>Signed in; events flow.</summary>
    Open,

    /// <summary>The line was lost; it will try again.</summary>
    Waiting,
}

/// <summary>Why the connection is closed.</summary>
public enum RealtimeEnd
{
    /// <summary>It was asked to close, or never asked to open.</summary>
    Asked,

    /// <summary>There is no token: nobody is signed in.</summary>
    SignedOut,

    /// <summary>The hub closed with a code that says not to come back before something has changed.</summary>
    Refused,

    /// <summary>As many failures in a row as <see cref="RealtimeClientOptions.MaxTries"/> allows.</summary>
    GaveUp,
}

/// <summary>The connection's state.</summary>
/// <param name="Status">What it is doing.</param>
public sealed record RealtimeState(RealtimeStatus Status)
{
    /// <summary>Failures in a row so far.</summary>
    public int Tries { get; init; }

    /// <summary>While <see cref="RealtimeStatus.Waiting"/>: how long until the next try.</summary>
    public TimeSpan RetryIn { get; init; }

    /// <summary>While <see cref="RealtimeStatus.Closed"/>: why.</summary>
    public RealtimeEnd End { get; init; }

    /// <summary>The close code that the last connection ended with; null when the line just broke.</summary>
    public int? CloseCode { get; init; }
}
