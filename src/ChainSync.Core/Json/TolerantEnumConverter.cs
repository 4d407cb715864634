using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Core.Json;

/// <summary>Writes an enum as a camelCase string and reads what it does not know as the enum's zero (<c>Unknown</c>).</summary>
/// <typeparam name="T">An enum whose zero means "a value this build does not know".</typeparam>
public sealed class TolerantEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(Name);
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, Name);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? ByName.GetValueOrDefault(reader.GetString()!)
            : throw new JsonException("must be a string");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Names[value]);
    }

    private static string Name(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
