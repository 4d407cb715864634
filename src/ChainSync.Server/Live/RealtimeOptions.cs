using System.ComponentModel.DataAnnotations;

namespace ChainSync.Server.Live;

/// <summary>Where the hub is reached. Section <c>Realtime</c>; its limits are <see cref="ChainSync.Realtime.HubOptions"/>, section <c>Hub</c>.</summary>
public sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>Paths that the hub always has.</summary>
    public static readonly IReadOnlyList<string> FixedPaths = ["/ws/notifications", "/ws", "/api/ws"];

    /// <summary>Whether there is a hub at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>One more path for it. Default <c>/ws</c>, which it has anyway.</summary>
    public string Path { get; set; } = "/ws";

    /// <summary>A port of its own beside the server's. Default none: it is on the server's.</summary>
    [Range(1, ushort.MaxValue)]
    public int? Port { get; set; }

    /// <summary>Origins (<c>scheme://host[:port]</c>, commas between) whose pages may connect besides the server's own; <c>*</c> allows all. Default none.</summary>
    public string? AllowedOrigins { get; set; }

    /// <summary>Every path the hub has.</summary>
    public IReadOnlyList<string> Paths => [.. FixedPaths.Append(Path).Distinct(StringComparer.OrdinalIgnoreCase)];
}
