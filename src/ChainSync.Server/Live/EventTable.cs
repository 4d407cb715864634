using ChainSync.Core.Events;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Which events a log row gives. A new entity adds its lines here and nowhere else.</summary>
internal static class EventTable
{
    internal delegate void Rule(LogRow row, EventFrames frames);

    private static readonly Dictionary<(string Entity, ChangeKind Kind), Rule> Rules = new()
    {
        [("sale", ChangeKind.Create)] = SaleEvents.Created,
        [("sale", ChangeKind.Update)] = SaleEvents.Updated,
        [("refund", ChangeKind.Create)] = SaleEvents.Refunded,
        [("stock", ChangeKind.Create)] = StockEvents.Moved,
        [("stock", ChangeKind.Update)] = StockEvents.Moved,
        [("product", ChangeKind.Create)] = ShelfEvents.Products.Created,
        [("product", ChangeKind.Update)] = ShelfEvents.Products.Changed,
        [("product", ChangeKind.Delete)] = ShelfEvents.Products.Deleted,
        [("category", ChangeKind.Create)] = ShelfEvents.Categories.Created,
        [("category", ChangeKind.Update)] = ShelfEvents.Categories.Changed,
        [("category", ChangeKind.Delete)] = ShelfEvents.Categories.Deleted,
        [("customer", ChangeKind.Create)] = DocumentEvents.Created(EventCatalogue.CustomerCreated),
        [("customer", ChangeKind.Update)] = DocumentEvents.Changed(EventCatalogue.CustomerUpdated, EventCatalogue.CustomerDeleted),
        [("customer", ChangeKind.Delete)] = DocumentEvents.Deleted(EventCatalogue.CustomerDeleted),
        [("notice", ChangeKind.Create)] = NoticeEvents.Sent,
    };

    /// <summary>Writes the events of a row, in order; none for a row nobody watches, and none for one whose body was erased.</summary>
    public static void Write(LogRow row, EventFrames frames)
    {
        if (!Rules.TryGetValue((row.Change.Entity, row.Change.Kind), out var rule)) return;
        if (row.Change is { Kind: not ChangeKind.Delete, After: null or "" }) return;
        frames.Begin(row);
        rule(row, frames);
    }
}
