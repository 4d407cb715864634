using System.Globalization;
using System.Text.Json;
using ChainSync.AnalyticsBench;

namespace ChainSync.AnomaliesBench;

/// <summary>A labelled stream: times, values, and the windows in which something was wrong.</summary>
internal sealed record NabStream(string Name, IReadOnlyList<DateTime> Times, IReadOnlyList<double> Values, IReadOnlyList<(DateTime From, DateTime To)> Windows)
{
    /// <summary>The first 15 % of a stream are for learning and are not scored (NAB's probation).</summary>
    public DateTime ScoredFrom => Times[(int)(0.15 * Times.Count)];
}

/// <summary>The labelled streams of the <c>nab</c> folder.</summary>
internal static class NabData
{
    public static IReadOnlyList<NabStream> Load(string root)
    {
        var folder = Path.Combine(root, "nab");
        using var labels = Labels(Path.Combine(folder, "windows.json"));
        return [.. labels.RootElement.EnumerateObject()
            .Where(file => File.Exists(Path.Combine(folder, file.Name + ".gz")))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => Read(file.Name, Path.Combine(folder, file.Name + ".gz"), file.Value))];
    }

    private static JsonDocument Labels(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new DataFileException($"{path} is not JSON.", e);
        }
    }

    private static NabStream Read(string name, string path, JsonElement windows)
    {
        var (times, values) = (new List<DateTime>(), new List<double>());
        foreach (var row in GzipCsv.Rows(path))
        {
            times.Add(DateTime.TryParse(row[0], CultureInfo.InvariantCulture, out var time) ? time : throw row.Wrong($"has '{row[0]}' where a time belongs"));
            values.Add(row.Value(1));
        }
        return new NabStream(name, times, values, [.. windows.EnumerateArray().Select(w => (Time(w[0].GetString()!), Time(w[1].GetString()!)))]);
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
