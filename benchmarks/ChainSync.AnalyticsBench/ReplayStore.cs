using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>What one model did on one set.</summary>
internal sealed record KeptReplays(IReadOnlyList<Replay> Replays, double FitMilliseconds);

/// <summary>Replays as files, when a folder for them is given.</summary>
internal static class ReplayStore
{
    public static KeptReplays Through(string? folder, string set, string model, Func<KeptReplays> replay)
    {
        if (folder is null)
            return replay();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{set}-{model}.json");
        if (File.Exists(file))
            return JsonSerializer.Deserialize(File.ReadAllText(file), KeptReplaysContext.Default.KeptReplays)!;
        var kept = replay();
        File.WriteAllText(file, JsonSerializer.Serialize(kept, KeptReplaysContext.Default.KeptReplays));
        return kept;
    }
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(KeptReplays))]
internal sealed partial class KeptReplaysContext : JsonSerializerContext;
