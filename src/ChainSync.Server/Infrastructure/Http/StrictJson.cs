using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChainSync.Core;
using ChainSync.Core.Json;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>Reads what strangers send: unknown and repeated fields, deep nesting and broken UTF-8 are errors that name their place.</summary>
public static class StrictJson
{
    private static readonly JsonSerializerOptions Options = new(ChainSyncJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ChainSyncJson.Default, ServerJson.Default),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>Reads a body.</summary>
    /// <returns>The value, or <c>common.malformed-json</c> with the path where reading stopped.</returns>
    public static Outcome<T> Read<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var value = JsonSerializer.Deserialize(utf8, TypeInfo<T>());
            return value is null ? Malformed("$", "must be an object") : value;
        }
        catch (JsonException e)
        {
            return Malformed(PathOf(e), Explain(e));
        }
    }

    /// <summary>Reads an object that names any of the fields of <typeparamref name="T"/> and nothing else; their values are not looked at.</summary>
    public static Outcome<JsonObject> ReadFields<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Options.MaxDepth };
            if (JsonNode.Parse(utf8, documentOptions: options) is not JsonObject fields) return Malformed("$", "must be an object");
            _ = fields.ToJsonString(); // looks at every text: half a surrogate pair passes the parser
            var known = TypeInfo<T>().Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            return fields.FirstOrDefault(f => !known.Contains(f.Key)) is { Key: { } unknown }
                ? Malformed(unknown, "is not a field that this request may change")
                : fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Malformed("$", e.Message.Contains("uplicate", StringComparison.Ordinal) ? "has a field twice" : "is not well-formed JSON in UTF-8");
        }
    }

    internal static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static string PathOf(JsonException e) => e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";

    // The reader's own messages name CLR types; a client gets the kind of fault and its place.
    private static string Explain(JsonException e) => e switch
    {
        { Message: var m } when m.Contains("could not be mapped", StringComparison.Ordinal) => "is not a field of this request",
        { Message: var m } when m.Contains("missing required", StringComparison.Ordinal) => "lacks required fields" + After(m, ':'),
        { Message: var m } when m.Contains("uplicate", StringComparison.Ordinal) => "has a field twice",
        { InnerException: not null, Path: "$" } => "is not well-formed JSON in UTF-8",
        { LineNumber: not null, Path: "$" } => "is not well-formed JSON in UTF-8",
        _ => "has a value of the wrong kind or is not well-formed",
    };

    private static string After(string text, char mark) => text.LastIndexOf(mark) is var i and > 0 ? text[i..].TrimEnd('.') : "";

    private static Rejection Malformed(string path, string message) =>
        new("common.malformed-json", $"{(path == "$" ? "The request" : path)} {message}. Nothing was written.", new Dictionary<string, string[]> { [path] = [message] });
}
