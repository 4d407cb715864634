using System.Buffers;
using System.Text.Json;

namespace ChainSync.Realtime.Wire;

/// <summary>The hub's own small frames, written by hand: they are few, fixed and on the path of every connect.</summary>
internal static class ServerFrames
{
    [ThreadStatic] private static ArrayBufferWriter<byte>? _buffer;
    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public static byte[] Welcome(string connectionId, HubOptions options) =>
        Build("welcome", (connectionId, options), static (json, a) =>
        {
            json.WriteNumber("version"u8, Hub.ProtocolVersion);
            json.WriteString("connectionId"u8, a.connectionId);
            json.WriteNumber("authTimeoutMs"u8, (long)a.options.AuthTimeout.TotalMilliseconds);
            json.WriteNumber("heartbeatMs"u8, (long)a.options.PingInterval.TotalMilliseconds);
        });

    /// <summary>Says both when the token ends and how long that is, for a client whose clock is wrong.</summary>
    public static byte[] Authenticated(HubUser user, DateTimeOffset now) =>
        Build("authenticated", (user, now), static (json, a) =>
        {
            json.WriteStartObject("user"u8);
            json.WriteString("id"u8, a.user.Id);
            json.WriteString("role"u8, a.user.Role);
            json.WriteEndObject();
            json.WriteString("expiresAt"u8, a.user.ExpiresAt.UtcDateTime);
            json.WriteNumber("expiresInMs"u8, (long)(a.user.ExpiresAt - a.now).TotalMilliseconds);
        });

    public static byte[] Subscribed(string channel, HubPosition position, bool recovered, bool latest) =>
        Build("subscribed", (channel, position, recovered, latest), static (json, a) =>
        {
            WritePosition(json, a.channel, a.position);
            json.WriteBoolean("recovered"u8, a.recovered);
            json.WriteString("mode"u8, a.latest ? "latest"u8 : "all"u8);
        });

    public static byte[] Unsubscribed(string channel, string? code = null) =>
        Build("unsubscribed", (channel, code), static (json, a) =>
        {
            json.WriteString("channel"u8, a.channel);
            if (a.code is not null) json.WriteString("code"u8, a.code);
        });

    public static byte[] Resync(string channel, HubPosition position) =>
        Build("resync", (channel, position), static (json, a) => WritePosition(json, a.channel, a.position));

    /// <summary><paramref name="type"/> is <c>heartbeat</c> or <c>pong</c>; both say how far each channel has got.</summary>
    public static byte[] Positions(string type, IReadOnlyList<KeyValuePair<string, long>> positions) =>
        Build(type, positions, static (json, positions) =>
        {
            json.WriteStartObject("positions"u8);
            foreach (var (channel, seq) in positions) json.WriteNumber(channel, seq);
            json.WriteEndObject();
        });

    public static byte[] Reconnect(TimeSpan after) =>
        Build("reconnect", after, static (json, after) => json.WriteNumber("afterMs"u8, (long)after.TotalMilliseconds));

    /// <summary>Names the channel it is about, and the event where one was to be published.</summary>
    public static byte[] Error(string code, string message, string? channel = null, string? published = null) =>
        Build("error", (code, message, channel, published), static (json, a) =>
        {
            json.WriteString("code"u8, a.code);
            json.WriteString("message"u8, a.message);
            if (a.channel is not null) json.WriteString("channel"u8, a.channel);
            if (a.published is not null) json.WriteString("event"u8, a.published);
        });

    private static void WritePosition(Utf8JsonWriter json, string channel, HubPosition position)
    {
        json.WriteString("channel"u8, channel);
        json.WriteNumber("seq"u8, position.Seq);
        json.WriteString("epoch"u8, position.Epoch);
    }

    private static byte[] Build<T>(string type, T state, Action<Utf8JsonWriter, T> writeData)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        var json = _writer ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartObject("data"u8);
        writeData(json, state);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return Frame.Text(buffer.WrittenSpan);
    }
}
