using System.Text.Json;

namespace ChainSync.Realtime.Client.Wire;

/// <summary>The <c>data</c> of the hub's own frames: the fields of all of them, as each uses only some.</summary>
internal struct ControlData
{
    public string? Channel;
    public string? Event;
    public string? Epoch;
    public string? Code;
    public string? Message;
    public long? Seq;
    public long? AfterMs;
    public long? HeartbeatMs;
    public long? ExpiresInMs;
    public bool Recovered;

    /// <exception cref="JsonException">A known field is of the wrong kind.</exception>
    public static ControlData Parse(ReadOnlySpan<byte> data, Names names, List<(string Channel, long Seq)> positions)
    {
        positions.Clear();
        var control = default(ControlData);
        if (data.IsEmpty) return control;
        try
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return control;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) control.ReadField(ref reader, names, positions);
            return control;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException("A field of the frame's data is of the wrong kind.", e);
        }
    }

    /// <summary>The place that the frame states.</summary>
    /// <exception cref="JsonException">It states none.</exception>
    public readonly RealtimePosition Position =>
        Seq is >= 0 and { } seq && Epoch is not null ? new(seq, Epoch) : throw new JsonException("The frame states no position.");

    /// <summary>The channel that the frame names.</summary>
    /// <exception cref="JsonException">It names none.</exception>
    public readonly string Named => Channel ?? throw new JsonException("The frame names no channel.");

    private void ReadField(ref Utf8JsonReader reader, Names names, List<(string Channel, long Seq)> positions)
    {
        if (reader.ValueTextEquals("channel"u8)) Channel = names.Read(ref Next(ref reader));
        else if (reader.ValueTextEquals("event"u8)) Event = names.Read(ref Next(ref reader));
        else if (reader.ValueTextEquals("epoch"u8)) Epoch = names.Read(ref Next(ref reader));
        else if (reader.ValueTextEquals("code"u8)) Code = Next(ref reader).GetString();
        else if (reader.ValueTextEquals("message"u8)) Message = Next(ref reader).GetString();
        else if (reader.ValueTextEquals("seq"u8)) Seq = Next(ref reader).GetInt64();
        else if (reader.ValueTextEquals("afterMs"u8)) AfterMs = Next(ref reader).GetInt64();
        else if (reader.ValueTextEquals("heartbeatMs"u8)) HeartbeatMs = Next(ref reader).GetInt64();
        else if (reader.ValueTextEquals("expiresInMs"u8)) ExpiresInMs = Next(ref reader).GetInt64();
        else if (reader.ValueTextEquals("recovered"u8)) Recovered = Next(ref reader).GetBoolean();
        else if (reader.ValueTextEquals("positions"u8)) ReadPositions(ref reader, names, positions);
        else Next(ref reader).Skip();
    }

    private static void ReadPositions(ref Utf8JsonReader reader, Names names, List<(string Channel, long Seq)> positions)
    {
        if (Next(ref reader).TokenType != JsonTokenType.StartObject) throw new JsonException("positions is an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var channel = names.Read(ref reader);
            positions.Add((channel, Next(ref reader).GetInt64()));
        }
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }
}
