using System.Text.Json;

namespace ChainSync.Realtime.Client.Wire;

/// <summary>Types and channels repeat in every frame: each is made a string once. Used by one receive loop.</summary>
internal sealed class Names
{
    private const int MaxNames = 4_096;
    private const int MaxLength = 256;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Names() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string or property name that the reader stands on.</summary>
    /// <exception cref="InvalidOperationException">It stands on something else.</exception>
    public string Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueSpan.Length > MaxLength)
            return reader.GetString() ?? throw new InvalidOperationException("A name is null.");
        Span<char> chars = stackalloc char[MaxLength];
        ReadOnlySpan<char> name = chars[..reader.CopyString(chars)];
        if (_lookup.TryGetValue(name, out var known)) return known;
        var made = name.ToString();
        if (_names.Count < MaxNames) _names.Add(made);
        return made;
    }
}
