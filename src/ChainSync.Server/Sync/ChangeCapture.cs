using System.Text.Json.Nodes;
using ChainSync.Core.Log;
using ChainSync.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ChainSync.Server.Sync;

/// <summary>Turns what a handler did to its documents into log rows, so that no handler can forget one.</summary>
public static class ChangeCapture
{
    // The row's own columns say these, so the bodies do not repeat them.
    private static readonly string[] RowColumns = ["storeId", "syncVersion", "lastSyncedAt"];

    /// <summary>Raises the version of every changed document and lists the changes, in a fixed order (class, then id).</summary>
    public static List<Change> Take(ChainSyncDb db, DateTimeOffset now)
    {
        db.ChangeTracker.DetectChanges();
        var entries = db.ChangeTracker.Entries<ISynced>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .OrderBy(e => DocumentTypes.NameOf(e.Entity.GetType()), StringComparer.Ordinal).ThenBy(e => e.Entity.Id);
        var changes = new List<Change>();
        foreach (var entry in entries)
        {
            if (Describe(entry) is not { } change) continue;
            entry.Entity.SyncVersion++;
            entry.Entity.LastSyncedAt = now;
            changes.Add(change with { Version = entry.Entity.SyncVersion });
        }
        return changes;
    }

    /// <summary>The log row of a document that begins, for the bulk path, which writes documents without a context.</summary>
    public static Change Created(ISynced document) =>
        new(DocumentTypes.NameOf(document.GetType()), document.Id, document.SyncVersion, ChangeKind.Create, Body(document).ToJsonString());

    private static Change? Describe(EntityEntry<ISynced> entry)
    {
        var (name, id) = (DocumentTypes.NameOf(entry.Entity.GetType()), entry.Entity.Id);
        switch (entry.State)
        {
            case EntityState.Added:
                return new Change(name, id, 0, ChangeKind.Create, Body(entry.Entity).ToJsonString());
            case EntityState.Deleted:
                return new Change(name, id, 0, ChangeKind.Delete, null, Body(entry.OriginalValues.ToObject()).ToJsonString());
            default:
                var (after, before) = Differences(Body(entry.Entity), Body(entry.OriginalValues.ToObject()));
                return after.Count == 0 ? null : new Change(name, id, 0, ChangeKind.Update, after.ToJsonString(), before.ToJsonString());
        }
    }

    private static JsonObject Body(object entity)
    {
        var body = JsonObject.Create(DocumentTypes.ToJson(entity))!;
        foreach (var column in RowColumns) body.Remove(column);
        return body;
    }

    // A field that was or became null is absent from a body; in a difference it is written as null, as in a merge patch.
    private static (JsonObject After, JsonObject Before) Differences(JsonObject now, JsonObject then)
    {
        var (after, before) = (new JsonObject(), new JsonObject());
        foreach (var field in now.Select(p => p.Key).Union(then.Select(p => p.Key)).ToList())
        {
            var (newer, older) = (now[field], then[field]);
            if (JsonNode.DeepEquals(newer, older)) continue;
            after[field] = newer?.DeepClone();
            before[field] = older?.DeepClone();
        }
        return (after, before);
    }
}
