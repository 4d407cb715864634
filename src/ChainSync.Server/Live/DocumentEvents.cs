using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of documents: begun, edited, archived, gone.</summary>
internal static class DocumentEvents
{
    /// <summary>Carries the whole document.</summary>
    public static EventTable.Rule Created(EventDefinition created) => (row, frames) =>
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        frames.AddDocument(created, document.RootElement);
    };

    /// <summary>Carries the fields that changed; archiving is also told as the deletion it is to those who watch.</summary>
    public static EventTable.Rule Changed(EventDefinition<DocumentChanged> changed, EventDefinition<DocumentDeleted>? archived = null) => (row, frames) =>
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        WriteChanged(changed, archived, document.RootElement, frames);
    };

    /// <summary>Carries nothing but which it was.</summary>
    public static EventTable.Rule Deleted(EventDefinition<DocumentDeleted> deleted) => (_, frames) => AddDeleted(deleted, frames);

    /// <summary>A product's change; one of its price is told on its own, too.</summary>
    public static void ProductChanged(LogRow row, EventFrames frames)
    {
        using var after = JsonDocument.Parse(row.Change.After!);
        WriteChanged(EventCatalogue.ProductUpdated, EventCatalogue.ProductDeleted, after.RootElement, frames);
        if (!after.RootElement.TryGetProperty("priceMinor"u8, out var price)) return;
        using var before = JsonDocument.Parse(row.Change.Before!);
        var previous = before.RootElement.GetProperty("priceMinor"u8).GetInt64();
        frames.Add(EventCatalogue.ProductPriceChanged, new PriceChanged(row.Change.EntityId, price.GetInt64(), previous));
    }

    private static void WriteChanged(
        EventDefinition<DocumentChanged> changed, EventDefinition<DocumentDeleted>? archived, JsonElement fields, EventFrames frames)
    {
        frames.AddDocument(changed, fields);
        if (archived is not null && fields.TryGetProperty("active"u8, out var active) && active.ValueKind == JsonValueKind.False)
            AddDeleted(archived, frames);
    }

    private static void AddDeleted(EventDefinition<DocumentDeleted> deleted, EventFrames frames) =>
        frames.Add(deleted, new DocumentDeleted(frames.Row.Change.EntityId, frames.Row.Change.Version));
}
