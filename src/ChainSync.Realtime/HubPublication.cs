namespace ChainSync.Realtime;

/// <summary>The host's answer to a <see cref="HubPublish"/>: the event to send, or why there is none.</summary>
public sealed class HubPublication
{
    private HubPublication(string streamId, HubFleeting? fleeting, string? key, string code) =>
        (StreamId, Fleeting, Key, Code) = (streamId, fleeting, key, code);

    /// <summary>The stream of the event's channel.</summary>
    public string StreamId { get; }

    /// <summary>The event, completed by the host; null when refused.</summary>
    public HubFleeting? Fleeting { get; }

    /// <summary>What the event is about: within a window a newer one replaces an older one of the same user, event and key. Null when there is but one.</summary>
    public string? Key { get; }

    /// <summary>The refusal's code as sent to the client; empty when accepted.</summary>
    public string Code { get; }

    /// <summary>The event may go out, on a channel that this user may follow.</summary>
    public static HubPublication Accept(string streamId, HubFleeting fleeting, string? key = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);
        ArgumentNullException.ThrowIfNull(fleeting);
        return new(streamId, fleeting, key, "");
    }

    /// <summary>No: <c>hub.not-publishable</c> for an event that does not exist or is not for this user, or a code of the host's.</summary>
    public static HubPublication Refuse(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        return new("", null, null, code);
    }
}
