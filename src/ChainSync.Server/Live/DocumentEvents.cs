using System.Text.Json;
using ChainSync.Core.Events;

namespace ChainSync.Server.Live;

/// <summary>Events of documents that only those see who work in the store: begun, edited, archived, gone.</summary>
internal static class DocumentEvents
{
    /// <summary>Carries the whole document.</summary>
    public static EventTable.Rule Created(EventDefinition created) => (row, frames) =>
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        frames.AddDocument(created, document.RootElement.EnumerateObject());
    };

    /// <summary>Carries the fields that changed; archiving is also told as the deletion it is to those who watch.</summary>
    public static EventTable.Rule Changed(EventDefinition<DocumentChanged> changed, EventDefinition<DocumentDeleted> archived) => (row, frames) =>
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        frames.AddDocument(changed, document.RootElement.EnumerateObject());
        if (IsActive(document.RootElement) == false) frames.AddDeleted(archived);
    };

    /// <summary>Carries nothing but which it was.</summary>
    public static EventTable.Rule Deleted(EventDefinition<DocumentDeleted> deleted) => (_, frames) => frames.AddDeleted(deleted);

    /// <summary>Whether these fields make the document active, or archive it; null when they do neither.</summary>
    public static bool? IsActive(JsonElement fields) => fields.TryGetProperty("active"u8, out var active) ? active.GetBoolean() : null;
}
