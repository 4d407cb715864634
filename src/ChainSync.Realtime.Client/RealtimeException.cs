namespace ChainSync.Realtime.Client;

/// <summary>The hub refused, or the connection ended for good.</summary>
/// <param name="code">Why: a code of the protocol such as <c>common.not-found</c>, or <c>closed.refused</c>, <c>closed.signed-out</c>, <c>closed.gave-up</c>.</param>
/// <param name="message">The same for people.</param>
public sealed class RealtimeException(string code, string message) : Exception(message)
{
    /// <summary>Why, for programs.</summary>
    public string Code { get; } = code;

    internal static RealtimeException Of(RealtimeState closed) => closed.End switch
    {
        RealtimeEnd.Refused => new("closed.refused", $"The hub closed the connection with {closed.CloseCode}; something must change before another."),
        RealtimeEnd.SignedOut => new("closed.signed-out", "There is no token to sign in with."),
        RealtimeEnd.GaveUp => new("closed.gave-up", $"No connection after {closed.Tries} tries."),
        _ => new("closed.asked", "The connection was closed."),
    };
}
