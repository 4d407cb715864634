using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChainSync.Realtime.Client.Channels;

namespace ChainSync.Realtime.Client.Wire;

/// <summary>The frames a client sends, written by hand.</summary>
internal static class ClientFrames
{
    public static void Ping(IBufferWriter<byte> to) => Write(to, "ping", 0, static (_, _) => { });

    public static void Auth(IBufferWriter<byte> to, string token) => Write(to, "auth", token, static (json, token) => json.WriteString("token"u8, token));

    public static void SubscribeNamespace(IBufferWriter<byte> to, string ns, RealtimeMode mode) =>
        Write(to, "subscribe", (ns, mode), static (json, a) =>
        {
            json.WriteString("namespace"u8, a.ns);
            if (a.mode == RealtimeMode.Latest) json.WriteString("mode"u8, "latest"u8);
        });

    /// <summary>One frame for one channel or many: the hub counts frames.</summary>
    public static void Subscribe(IBufferWriter<byte> to, IReadOnlyList<ChannelFeed> feeds) =>
        Write(to, "subscribe", feeds, static (json, feeds) =>
        {
            if (feeds is [var only])
            {
                WriteTarget(json, only);
                return;
            }
            json.WriteStartArray("channels"u8);
            foreach (var feed in feeds)
            {
                json.WriteStartObject();
                WriteTarget(json, feed);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    public static void Unsubscribe(IBufferWriter<byte> to, IReadOnlyList<ChannelFeed> feeds) =>
        Write(to, "unsubscribe", feeds, static (json, feeds) =>
        {
            if (feeds is [var only])
            {
                json.WriteString("channel"u8, only.Name);
                return;
            }
            json.WriteStartArray("channels"u8);
            foreach (var feed in feeds) json.WriteStringValue(feed.Name);
            json.WriteEndArray();
        });

    public static byte[] Publish<T>(string channel, string type, T data, JsonTypeInfo<T> info)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, "publish", (channel, type, data, info), static (json, a) =>
        {
            json.WriteString("channel"u8, a.channel);
            json.WriteString("event"u8, a.type);
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, a.data, a.info);
        });
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTarget(Utf8JsonWriter json, ChannelFeed feed)
    {
        json.WriteString("channel"u8, feed.Name);
        if (feed.AskedSince is { } since)
        {
            json.WriteNumber("since"u8, since.Seq);
            json.WriteString("epoch"u8, since.Epoch);
        }
        if (feed.AskedMode == RealtimeMode.Latest) json.WriteString("mode"u8, "latest"u8);
    }

    private static void Write<T>(IBufferWriter<byte> to, string type, T state, Action<Utf8JsonWriter, T> writeData)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartObject("data"u8);
        writeData(json, state);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
