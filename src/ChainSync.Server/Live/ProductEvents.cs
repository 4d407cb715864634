using System.Text.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of products.</summary>
internal static class ProductEvents
{
    public static IEnumerable<CommerceEvent> Updated(LogRow row, JsonElement after, JsonElement before)
    {
        yield return EventTable.DocumentEvent(row, "product:updated", "products", after);
        if (!after.TryGetProperty("priceMinor", out var now)) yield break;
        yield return new CommerceEvent("product:price_changed", "products", data =>
        {
            data.WriteString("id", row.Change.EntityId);
            data.WriteNumber("priceMinor", now.GetInt64());
            data.WriteNumber("previousPriceMinor", before.GetProperty("priceMinor").GetInt64());
        });
    }
}
