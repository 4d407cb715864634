using System.Buffers;
using System.Text.Json;
using ChainSync.Core.Log;
using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Log rows as the hub's events, each frame written once.</summary>
public static class HubEvents
{
    /// <summary>Who may see an event: those whose role sees the namespace, and of customers only the owner.</summary>
    public sealed record Audience(string Namespace, Guid? OwnerId);

    /// <summary>The channel of a store's namespace: <c>orders:&lt;id&gt;</c>.</summary>
    public static string Channel(string ns, Guid storeId) => $"{ns}:{storeId}";

    /// <summary>The events of a stretch of rows, in order.</summary>
    public static List<HubEvent> Of(IEnumerable<LogRow> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        var events = new List<HubEvent>();
        foreach (var row in rows)
        {
            var part = 0;
            foreach (var commerce in EventTable.EventsOf(row)) events.Add(Of(row, commerce, part++, buffer));
        }
        return events;
    }

    private static HubEvent Of(LogRow row, CommerceEvent commerce, int part, ArrayBufferWriter<byte> buffer)
    {
        var channel = Channel(commerce.Namespace, row.StoreId);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", commerce.Type);
            json.WriteString("channel", channel);
            json.WriteString("storeId", row.StoreId);
            json.WriteNumber("seq", row.Seq);
            if (part > 0) json.WriteNumber("part", part);
            json.WriteString("at", row.At);
            json.WriteStartObject("data");
            commerce.WriteData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new HubEvent(channel, row.Seq, part, buffer.WrittenSpan, new Audience(commerce.Namespace, commerce.OwnerId), commerce.Key);
    }
}
