using System.Text.Json;

namespace ChainSync.Realtime.Wire;

/// <summary>One channel that a client asks for, as it wrote it.</summary>
internal record struct ChannelRequest
{
    /// <summary>The channel's wire name.</summary>
    public string? Channel;

    /// <summary>The position to go on from.</summary>
    public long? Since;

    /// <summary>The life of the log that the position belongs to.</summary>
    public string? Epoch;

    /// <summary>Which events are wanted: <c>all</c> of them, as by default, or of those with a key the <c>latest</c>.</summary>
    public string? Mode;

    /// <summary>Takes the value of the property the reader stands at. False when it is none of a request's, and then nothing is read.</summary>
    /// <exception cref="InvalidOperationException">The value is of the wrong kind.</exception>
    /// <exception cref="FormatException">The value is no position.</exception>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("channel"u8)) Channel = NextString(ref reader);
        else if (reader.ValueTextEquals("epoch"u8)) Epoch = NextString(ref reader);
        else if (reader.ValueTextEquals("mode"u8)) Mode = NextString(ref reader);
        else if (reader.ValueTextEquals("since"u8)) Since = NextPosition(ref reader);
        else return false;
        return true;
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
}
