using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Core.Events;

/// <summary>What somebody tells those they address: the <c>data</c> they sent, and who they are.</summary>
public sealed class SystemNotice
{
    /// <summary>The notice's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who sent it, where it was a person.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Their name.</summary>
    public required string ActorName { get; init; }

    /// <summary>A line to show, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The text to show, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Whatever else was sent along.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}
