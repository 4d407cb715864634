using System.Text.Json.Nodes;
using ChainSync.Core.Log;
using ChainSync.Server.Live;

namespace ChainSync.Chaos.Tests;

/// <summary>
/// What is to be told of products and categories, worked out from the log alone, a row at a time from the first: staff hear every
/// change; for customers only what is active is there, and of it only what this file names.
/// </summary>
internal sealed class Shelf
{
    private static readonly string[] ForAll = ["sku", "name", "categoryId", "priceMinor", "taxClassId", "barcodes", "active", "parentId", "position"];

    private readonly Dictionary<Guid, JsonObject> _documents = [];

    /// <summary>The events of the next row: the server's texts, each given to those it should be for.</summary>
    public IEnumerable<Told> TellOf(LogRow row)
    {
        var changed = JsonNode.Parse(row.Change.After!)!.AsObject();
        var wasThere = IsActive(_documents.GetValueOrDefault(row.Change.EntityId));
        var whole = Merge(row.Change.EntityId, changed);
        var (staff, customers) = (ForStaff(row, changed), ForCustomers(row, changed, whole, wasThere));
        var (heardByStaff, heardByCustomers) = (0, 0);
        foreach (var e in HubEvents.Of([row with { State = whole.ToJsonString() }]))
        {
            var text = JsonNode.Parse(e.Json.Span)!.AsObject();
            var told = new Told(e) { ForStaff = IsOneOf(staff, e.Part, text), ForCustomers = IsOneOf(customers, e.Part, text) };
            heardByStaff += told.ForStaff ? 1 : 0;
            heardByCustomers += told.ForCustomers ? 1 : 0;
            yield return told;
        }
        Assert.True((heardByStaff, heardByCustomers) == (staff.Count, customers.Count), $"row {row.Seq} of {row.StoreId} is told otherwise than it should be");
    }

    private static List<(string Type, JsonObject Data)> ForStaff(LogRow row, JsonObject changed)
    {
        if (row.Change.Kind == ChangeKind.Create) return [($"{row.Change.Entity}:created", Data(row, changed.Where(f => f.Key != "id")))];
        var told = Changes(row, changed);
        if (changed["active"] is { } active && !active.GetValue<bool>()) told.Add(($"{row.Change.Entity}:deleted", Data(row, [])));
        return told;
    }

    private static List<(string Type, JsonObject Data)> ForCustomers(LogRow row, JsonObject changed, JsonObject whole, bool wasThere) =>
        (wasThere, IsActive(whole)) switch
        {
            (false, false) => [],
            (false, true) => [($"{row.Change.Entity}:created", Data(row, whole.Where(f => ForAll.Contains(f.Key) && f.Value is not null)))],
            (true, true) => Changes(row, new(changed.Where(f => ForAll.Contains(f.Key)).Select(Copy))),
            (true, false) => [($"{row.Change.Entity}:deleted", Data(row, []))],
        };

    private static List<(string Type, JsonObject Data)> Changes(LogRow row, JsonObject changed)
    {
        var told = new List<(string, JsonObject)> { ($"{row.Change.Entity}:updated", Data(row, changed)) };
        if (changed["priceMinor"] is not { } price) return told;
        var before = JsonNode.Parse(row.Change.Before!)!["priceMinor"]!;
        told.Add(("product:price_changed", new() { ["id"] = row.Change.EntityId.ToString(), ["priceMinor"] = price.DeepClone(), ["previousPriceMinor"] = before.DeepClone() }));
        return told;
    }

    private JsonObject Merge(Guid id, JsonObject changed)
    {
        if (!_documents.TryGetValue(id, out var whole)) _documents[id] = whole = [];
        foreach (var (name, value) in changed) whole[name] = value?.DeepClone();
        return whole;
    }

    private static JsonObject Data(LogRow row, IEnumerable<KeyValuePair<string, JsonNode?>> fields) =>
        new([new("id", row.Change.EntityId.ToString()), new("syncVersion", row.Change.Version), .. fields.Select(Copy)]);

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> field) => new(field.Key, field.Value?.DeepClone());

    private static bool IsActive(JsonObject? document) => document?["active"] is { } active && active.GetValue<bool>();

    private static bool IsOneOf(List<(string Type, JsonObject Data)> due, int part, JsonObject text) =>
        part < due.Count && due[part].Type == text["type"]!.GetValue<string>() && JsonNode.DeepEquals(due[part].Data, text["data"]);
}
