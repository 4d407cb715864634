using System.Text.Json;

namespace ChainSync.Realtime.Wire;

/// <summary>What a client sent, as far as the hub understands it; unknown fields are skipped.</summary>
internal struct ClientFrame
{
    private const int MaxDepth = 16;

    public string? Type;
    public string? Token;
    public string? Namespace;
    public string? Event;

    /// <summary>Where in the frame's text the <c>data</c> of a publish lies; empty when there is none.</summary>
    public Range Payload;

    /// <summary>The one channel of a frame that names no batch.</summary>
    public ChannelRequest Target;

    /// <summary>The channels of a batch, up to <see cref="MaxChannels"/> of them.</summary>
    public List<ChannelRequest>? Channels;

    /// <summary>Whether the batch names more channels than may be kept.</summary>
    public bool TooManyChannels;

    public int MaxChannels;

    /// <summary>Reads one JSON object. False when the text is not one, is nested too deeply, or a known field has the wrong kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, int maxChannels, out ClientFrame frame)
    {
        frame = new() { MaxChannels = maxChannels };
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
            else if (reader.ValueTextEquals("event"u8)) Event = NextString(ref reader);
            else if (reader.ValueTextEquals("data"u8)) Payload = NextValue(ref reader);
            else if (reader.ValueTextEquals("channels"u8)) ReadChannels(ref reader);
            else if (!Target.TryRead(ref reader)) SkipValue(ref reader);
        }
    }

    private void ReadChannels(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartArray) throw new FormatException();
        Channels ??= [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var request = reader.TokenType == JsonTokenType.StartObject ? ReadChannel(ref reader) : new() { Channel = reader.GetString() };
            if (Channels.Count < MaxChannels) Channels.Add(request);
            else TooManyChannels = true;
        }
    }

    private static ChannelRequest ReadChannel(ref Utf8JsonReader reader)
    {
        var request = default(ChannelRequest);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!request.TryRead(ref reader)) SkipValue(ref reader);
        }
        return request;
    }

    private static string? NextString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
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
