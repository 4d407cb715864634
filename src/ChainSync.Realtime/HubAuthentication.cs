namespace ChainSync.Realtime;

/// <summary>The host's answer to a token: a user, or why there is none.</summary>
public sealed class HubAuthentication
{
    private HubAuthentication(HubUser? user, string code, bool expired) => (User, Code, Expired) = (user, code, expired);

    /// <summary>The user, or null when the token is refused.</summary>
    public HubUser? User { get; }

    /// <summary>The refusal's code as sent to the client (such as <c>auth.invalid</c>); empty when accepted.</summary>
    public string Code { get; }

    /// <summary>Whether the token was good once: the client should fetch a new one and reconnect.</summary>
    public bool Expired { get; }

    /// <summary>The token is good.</summary>
    public static HubAuthentication Accept(HubUser user) => new(user, "", false);

    /// <summary>The token will never be good; the client must not retry with it.</summary>
    public static HubAuthentication Refuse(string code) => new(null, code, false);

    /// <summary>The token is past its time; a fresh one will do.</summary>
    public static HubAuthentication RefuseExpired(string code) => new(null, code, true);
}
