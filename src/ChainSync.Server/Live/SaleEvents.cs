using System.Text.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of sales and refunds.</summary>
internal static class SaleEvents
{
    public static IEnumerable<CommerceEvent> Created(LogRow row, JsonElement sale, JsonElement before)
    {
        var owner = Id(sale, "customerId");
        yield return new CommerceEvent("sale:created", "orders", data => Summary(data, sale), owner);
        yield return new CommerceEvent("payment:received", "payments", data =>
        {
            data.WriteString("saleId", row.Change.EntityId);
            Copy(data, sale, "number", "currency", "totalMinor", "payments");
        }, owner);
    }

    public static IEnumerable<CommerceEvent> Updated(LogRow row, JsonElement after, JsonElement before)
    {
        yield return EventTable.DocumentEvent(row, "sale:updated", "orders", after);
    }

    public static IEnumerable<CommerceEvent> Refunded(LogRow row, JsonElement refund, JsonElement before)
    {
        yield return new CommerceEvent("payment:refunded", "payments", data => Refund(data, refund), Id(refund, "customerId"));
        // Staff sell and refund but do not see payments; what it means for the day they see here.
        yield return new CommerceEvent("sale:refunded", "orders", data => Refund(data, refund), Id(refund, "customerId"));
    }

    private static void Refund(Utf8JsonWriter data, JsonElement refund) =>
        Copy(data, refund, "id", "saleId", "totalMinor", "taxMinor", "reason", "actorName", "createdAt", "businessDate");

    private static void Summary(Utf8JsonWriter data, JsonElement sale)
    {
        Copy(data, sale, "id", "number", "totalMinor", "currency", "soldAt", "businessDate", "actorName", "registerId", "customerId", "flags");
        var lines = sale.GetProperty("lines");
        data.WriteNumber("items", lines.GetArrayLength());
        data.WriteNumber("itemsMilli", lines.EnumerateArray().Sum(l => l.GetProperty("quantityMilli").GetInt64()));
        data.WriteStartArray("paymentMethods");
        foreach (var method in sale.GetProperty("payments").EnumerateArray().Select(p => p.GetProperty("method").GetString()).Distinct())
            data.WriteStringValue(method);
        data.WriteEndArray();
    }

    private static void Copy(Utf8JsonWriter data, JsonElement from, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!from.TryGetProperty(name, out var value)) continue;
            data.WritePropertyName(name);
            value.WriteTo(data);
        }
    }

    private static Guid? Id(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetGuid() : null;
}
