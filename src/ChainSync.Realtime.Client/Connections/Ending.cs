namespace ChainSync.Realtime.Client.Connections;

/// <summary>How one connection ended.</summary>
internal sealed record Ending
{
    /// <summary>Whether it was signed in at all.</summary>
    public bool WasOpen { get; init; }

    /// <summary>The close code, or null when the line just broke.</summary>
    public int? Code { get; init; }

    /// <summary>Whether there was no token.</summary>
    public bool SignedOut { get; init; }

    /// <summary>When the server asked to come back, if it did.</summary>
    public TimeSpan? ReconnectAfter { get; init; }

    /// <summary>
    /// Whether another try would end the same way: the protocol errors of RFC 6455 (section 7.4.1) and the range 4500 to 4999.
    /// </summary>
    public bool IsFinal => Code is 1002 or 1003 or (>= 1007 and <= 1010) or (>= 4500 and <= 4999);
}
