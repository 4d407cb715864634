using System.Text.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Which events a log row gives. A new entity adds its lines here and nowhere else.</summary>
public static class EventTable
{
    internal delegate IEnumerable<CommerceEvent> Rule(LogRow row, JsonElement after, JsonElement before);

    private static readonly Dictionary<(string Entity, ChangeKind Kind), Rule> Rules = new()
    {
        [("sale", ChangeKind.Create)] = SaleEvents.Created,
        [("sale", ChangeKind.Update)] = SaleEvents.Updated,
        [("refund", ChangeKind.Create)] = SaleEvents.Refunded,
        [("stock", ChangeKind.Create)] = StockEvents.Moved,
        [("stock", ChangeKind.Update)] = StockEvents.Moved,
        [("product", ChangeKind.Create)] = Document("product:created", "products"),
        [("product", ChangeKind.Update)] = ProductEvents.Updated,
        [("product", ChangeKind.Delete)] = Document("product:deleted", "products"),
        [("category", ChangeKind.Create)] = Document("category:created", "products"),
        [("category", ChangeKind.Update)] = Document("category:updated", "products"),
        [("category", ChangeKind.Delete)] = Document("category:deleted", "products"),
        [("customer", ChangeKind.Create)] = Document("customer:created", "customers"),
        [("customer", ChangeKind.Update)] = Document("customer:updated", "customers"),
        [("customer", ChangeKind.Delete)] = Document("customer:deleted", "customers"),
    };

    /// <summary>The events of a row, in order; none for a row nobody watches.</summary>
    public static IReadOnlyList<CommerceEvent> EventsOf(LogRow row)
    {
        if (!Rules.TryGetValue((row.Change.Entity, row.Change.Kind), out var rule)) return [];
        using var after = JsonDocument.Parse(row.Change.After ?? "{}");
        using var before = JsonDocument.Parse(row.Change.Before ?? "{}");
        // The elements outlive the documents: events are written out later.
        return [.. rule(row, after.RootElement.Clone(), before.RootElement.Clone())];
    }

    // An event that carries the entity's id, its version and the fields that changed (all of them when it began).
    internal static Rule Document(string type, string ns) => (row, after, _) => [DocumentEvent(row, type, ns, after)];

    internal static CommerceEvent DocumentEvent(LogRow row, string type, string ns, JsonElement fields) => new(type, ns, data =>
    {
        data.WriteString("id", row.Change.EntityId);
        data.WriteNumber("syncVersion", row.Change.Version);
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Name is not ("id" or "syncVersion")) field.WriteTo(data);
        }
    });
}
