using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of stock levels: each movement, and each border that it crossed.</summary>
internal static class StockEvents
{
    public static void Moved(LogRow row, EventFrames frames)
    {
        var level = JsonSerializer.Deserialize(row.Change.After!, EventJson.Default.StockLevel)!;
        frames.Add(EventCatalogue.InventoryUpdated, level);
        var (now, then) = (level.OnHandMilli, level.OnHandMilli - level.DeltaMilli);
        // A fall through both borders is told in the order in which it passed them.
        if (level.LowStockAtMilli is { } low and > 0 && now <= low && then > low) frames.Add(EventCatalogue.InventoryLowStock, level);
        if (now <= 0 && then > 0) frames.Add(EventCatalogue.InventoryOutOfStock, level);
        else if (now > 0 && then <= 0) frames.Add(EventCatalogue.InventoryRestocked, level);
    }
}
