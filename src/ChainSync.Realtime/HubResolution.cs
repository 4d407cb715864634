namespace ChainSync.Realtime;

/// <summary>The host's answer to a subscribe request: the channels it means for this user, or a refusal.</summary>
public sealed class HubResolution
{
    private HubResolution(IReadOnlyList<HubChannel> channels, string? code) => (Channels, Code) = (channels, code);

    /// <summary>The channels to subscribe to; empty when refused.</summary>
    public IReadOnlyList<HubChannel> Channels { get; }

    /// <summary>The refusal's code as sent to the client, or null.</summary>
    public string? Code { get; }

    /// <summary>These channels, at least one.</summary>
    public static HubResolution To(params IReadOnlyList<HubChannel> channels)
    {
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count);
        return new(channels, null);
    }

    /// <summary>No: unknown and forbidden should share one code, so that ids cannot be probed.</summary>
    public static HubResolution Refuse(string code) => new([], code);
}
