using System.Text.Json;

namespace ChainSync.Core.Tests.Events;

/// <summary>The frozen frames of tests/vectors/events, by file name.</summary>
internal static class EventSamples
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "vectors", "events");

    public static IReadOnlyDictionary<string, JsonElement> All { get; } = Directory.EnumerateFiles(Folder)
        .ToDictionary(f => Path.GetFileName(f), f => JsonElement.Parse(File.ReadAllText(f)));

    /// <summary>The file of an event: <c>order:status_changed</c> is in <c>order-status-changed.json</c>.</summary>
    public static string FileOf(string name) => name.Replace(':', '-').Replace('_', '-') + ".json";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChainSync.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
