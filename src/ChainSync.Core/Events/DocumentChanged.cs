using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Core.Events;

/// <summary>A document has other fields than before: its new version and those fields, as in a merge patch (RFC 7396).</summary>
public sealed class DocumentChanged
{
    /// <summary>The document's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its version after the change.</summary>
    public required long SyncVersion { get; init; }

    /// <summary>The fields that changed, in the words of the <c>…:created</c> event; a JSON null where one was emptied.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Fields { get; set; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
}
