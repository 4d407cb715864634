using System.Text.Json;

namespace ChainSync.Realtime.Client.Wire;

/// <summary>A frame's envelope; <c>data</c> is left unread.</summary>
internal struct ServerFrame
{
    public string Type;
    public string? Channel;
    public long Seq;
    public int Part;
    public DateTimeOffset? At;
    public TimeSpan? ExpiresIn;
    public int DataStart;
    public int DataLength;

    /// <summary>Reads one JSON object; unknown fields are skipped.</summary>
    /// <exception cref="JsonException">It is no such thing.</exception>
    public static ServerFrame Parse(ReadOnlySpan<byte> json, Names names)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var frame = default(ServerFrame);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A frame is a JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) frame.ReadField(ref reader, names);
            if (frame.Type is null || frame.Seq < 0 || reader.Read()) throw new JsonException("A frame has a type, and no negative seq.");
            return frame;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException("A field of the frame is of the wrong kind.", e);
        }
    }

    private void ReadField(ref Utf8JsonReader reader, Names names)
    {
        if (reader.ValueTextEquals("type"u8)) Type = names.Read(ref Next(ref reader));
        else if (reader.ValueTextEquals("channel"u8)) Channel = names.Read(ref Next(ref reader));
        else if (reader.ValueTextEquals("seq"u8)) Seq = Next(ref reader).GetInt64();
        else if (reader.ValueTextEquals("part"u8)) Part = Next(ref reader).GetInt32();
        else if (reader.ValueTextEquals("at"u8)) At = Next(ref reader).GetDateTimeOffset();
        else if (reader.ValueTextEquals("expiresInMs"u8)) ExpiresIn = TimeSpan.FromMilliseconds(Next(ref reader).GetInt64());
        else if (reader.ValueTextEquals("data"u8)) ReadData(ref reader);
        else Next(ref reader).Skip();
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        DataStart = (int)reader.TokenStartIndex;
        reader.Skip();
        DataLength = (int)reader.BytesConsumed - DataStart;
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }
}
