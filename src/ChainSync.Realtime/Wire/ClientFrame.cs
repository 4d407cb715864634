using System.Text.Json;

namespace ChainSync.Realtime.Wire;

/// <summary>What a client sent, as far as the hub understands it; unknown fields are skipped.</summary>
internal struct ClientFrame
{
    private const int MaxDepth = 16;

    public string? Type;
    public string? Token;
    public string? Namespace;
    public string? Channel;
    public long? Since;
    public string? Epoch;
    public string? Event;

    /// <summary>Where in the frame's text the <c>data</c> of a publish lies; empty when there is none.</summary>
    public Range Payload;

    /// <summary>Reads one JSON object. False when the text is not one, is nested too deeply, or a known field has the wrong kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out ClientFrame frame)
    {
        frame = default;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            frame.ReadEnvelope(ref reader);
            return frame.Type is not null && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private void ReadEnvelope(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) Type = NextString(ref reader);
            else if (reader.ValueTextEquals("data"u8)) ReadData(ref reader);
            else SkipValue(ref reader);
        }
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("token"u8)) Token = NextString(ref reader);
            else if (reader.ValueTextEquals("namespace"u8)) Namespace = NextString(ref reader);
            else if (reader.ValueTextEquals("channel"u8)) Channel = NextString(ref reader);
            else if (reader.ValueTextEquals("event"u8)) Event = NextString(ref reader);
            else if (reader.ValueTextEquals("data"u8)) Payload = NextValue(ref reader);
            else if (reader.ValueTextEquals("epoch"u8)) Epoch = NextString(ref reader);
            else if (reader.ValueTextEquals("since"u8)) Since = NextPosition(ref reader);
            else SkipValue(ref reader);
        }
    }

    private static string? NextString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static long? NextPosition(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.GetInt64() is >= 0 and var seq ? seq : throw new FormatException();
    }

    private static Range NextValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
