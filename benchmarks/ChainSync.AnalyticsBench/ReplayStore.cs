using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>What one model did on one set.</summary>
internal sealed record KeptReplays(IReadOnlyList<Replay> Replays, double FitMilliseconds);

/// <summary>Replays as files, when a folder for them is given.</summary>
internal sealed class ReplayStore(string? folder)
{
    /// <summary>How many replays were taken as they were found.</summary>
    public int Taken { get; private set; }

    public KeptReplays Through(DataSet set, string model, Func<KeptReplays> replay)
    {
        if (folder is null)
            return replay();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{set.Name}-{model}{(set.IsQuick ? "-quick" : "")}.json");
        if (File.Exists(file))
        {
            Taken++;
            return JsonSerializer.Deserialize(File.ReadAllText(file), KeptReplaysContext.Default.KeptReplays)!;
        }
        var kept = replay();
        WholeFile.Write(file, JsonSerializer.Serialize(kept, KeptReplaysContext.Default.KeptReplays));
        return kept;
    }
}

/// <summary>Writes files that are there whole or not at all, whenever the run is ended.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(KeptReplays))]
internal sealed partial class KeptReplaysContext : JsonSerializerContext;
