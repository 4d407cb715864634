using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>
/// Events of what stands on a store's shelf. Those who work there are told of every change. Everybody else is told what REST would
/// show them: the public fields of what is on offer; for them what is archived is gone, and what is offered again is new.
/// </summary>
/// <param name="publicFields">What everybody sees of it, beside id and version.</param>
/// <param name="created">It began.</param>
/// <param name="changed">It has other fields.</param>
/// <param name="deleted">It is gone, or archived.</param>
internal sealed class ShelfEvents(
    List<string> publicFields, EventDefinition created, EventDefinition<DocumentChanged> changed, EventDefinition<DocumentDeleted> deleted)
{
    /// <summary>Of products.</summary>
    public static ShelfEvents Products { get; } = new(
        RowStates.ProductFields, EventCatalogue.ProductCreated, EventCatalogue.ProductUpdated, EventCatalogue.ProductDeleted);

    /// <summary>Of categories.</summary>
    public static ShelfEvents Categories { get; } = new(
        RowStates.CategoryFields, EventCatalogue.CategoryCreated, EventCatalogue.CategoryUpdated, EventCatalogue.CategoryDeleted);

    public void Created(LogRow row, EventFrames frames)
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        var whole = document.RootElement;
        frames.AddViews(
            () => frames.AddDocument(created, whole.EnumerateObject()),
            () =>
            {
                if (DocumentEvents.IsActive(whole) == true) frames.AddDocument(created, Offer(whole));
            });
    }

    public void Changed(LogRow row, EventFrames frames)
    {
        using var after = JsonDocument.Parse(row.Change.After!);
        using var before = JsonDocument.Parse(row.Change.Before!);
        // Nothing known, nothing shown.
        using var state = JsonDocument.Parse(row.State ?? "{}");
        var isOffered = DocumentEvents.IsActive(state.RootElement) == true;
        var wasOffered = DocumentEvents.IsActive(before.RootElement) ?? isOffered;
        frames.AddViews(
            () =>
            {
                AddChanges(after.RootElement.EnumerateObject());
                if (DocumentEvents.IsActive(after.RootElement) == false) frames.AddDeleted(deleted);
            },
            () =>
            {
                if (isOffered && !wasOffered) frames.AddDocument(created, Offer(state.RootElement));
                else if (isOffered) AddChanges(Public(after.RootElement));
                else if (wasOffered) frames.AddDeleted(deleted);
            });

        void AddChanges(IEnumerable<JsonProperty> fields)
        {
            frames.AddDocument(changed, fields);
            if (!after.RootElement.TryGetProperty("priceMinor"u8, out var price)) return;
            var previous = before.RootElement.GetProperty("priceMinor"u8).GetInt64();
            frames.Add(EventCatalogue.ProductPriceChanged, new PriceChanged(row.Change.EntityId, price.GetInt64(), previous));
        }
    }

    public void Deleted(LogRow row, EventFrames frames)
    {
        using var before = JsonDocument.Parse(row.Change.Before ?? "{}");
        var wasHidden = DocumentEvents.IsActive(before.RootElement) == false;
        frames.AddViews(
            () => frames.AddDeleted(deleted),
            () =>
            {
                if (!wasHidden) frames.AddDeleted(deleted);
            });
    }

    private IEnumerable<JsonProperty> Public(JsonElement fields) => fields.EnumerateObject().Where(f => publicFields.Contains(f.Name));

    // A creation leaves out what is null, as every whole does. The order is always the same, whoever wrote the whole.
    private IEnumerable<JsonProperty> Offer(JsonElement whole) =>
        Public(whole).Where(f => f.Value.ValueKind != JsonValueKind.Null).OrderBy(f => publicFields.IndexOf(f.Name));
}
