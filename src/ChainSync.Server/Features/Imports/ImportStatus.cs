using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Server.Features.Imports;

/// <summary>An import as it is answered. Counts of <see cref="Rules"/> are lines; see docs/guides/import.md for the names.</summary>
public sealed record ImportStatus(
    Guid Id,
    string State,
    bool DryRun,
    long? LinesTotal,
    long LinesRead,
    long LinesPerSecond,
    long? SecondsLeft,
    ImportCounts Created,
    ImportCounts Existing,
    IReadOnlyDictionary<string, long> Rules,
    long Rejects,
    string? Error = null)
{
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    internal static ImportStatus Of(Guid id, string state, bool dryRun, ImportProgress progress, string? error = null) => new(
        id, state, dryRun, progress.LinesTotal, progress.LinesRead, progress.LinesPerSecond, state == Running ? progress.SecondsLeft : null,
        progress.Created, progress.Existing, progress.Rules.ToDictionary(r => r.Rule.Name, r => r.Lines), progress.Rejects.Count, error);

    internal string ToJson() => JsonSerializer.Serialize(this, ImportJson.Default.ImportStatus);

    internal static ImportStatus Parse(string json) => JsonSerializer.Deserialize(json, ImportJson.Default.ImportStatus)!;
}

/// <summary>The JSON of imports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportStatus))]
public sealed partial class ImportJson : JsonSerializerContext;
