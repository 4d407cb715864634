using System.Text.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of stock levels.</summary>
internal static class StockEvents
{
    public static IEnumerable<CommerceEvent> Moved(LogRow row, JsonElement after, JsonElement before)
    {
        yield return Level("inventory:updated", after) with { Key = row.Change.EntityId.ToString() };
        var (now, then) = (Milli(after, "onHandMilli"), Milli(before, "onHandMilli"));
        if (now <= 0 && then > 0) yield return Level("inventory:out_of_stock", after);
        else if (now > 0 && then <= 0) yield return Level("inventory:restocked", after);
    }

    private static CommerceEvent Level(string type, JsonElement level) => new(type, "inventory", data =>
    {
        foreach (var field in level.EnumerateObject()) field.WriteTo(data);
    });

    private static long Milli(JsonElement level, string name) => level.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
