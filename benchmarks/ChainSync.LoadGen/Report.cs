using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ChainSync.LoadGen;

/// <summary>One table of figures with the machine they were taken on, to the screen and to <c>benchmarks/results</c>.</summary>
internal sealed class Report(string name)
{
    private readonly List<(string What, string Figure, string Aim)> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(string what, string figure, string aim = "") => _rows.Add((what, figure, aim));

    /// <summary>Adds a row, the figure formatted the same on every machine.</summary>
    public void Add(string what, FormattableString figure, string aim = "") => Add(what, figure.ToString(CultureInfo.InvariantCulture), aim);

    public void Print()
    {
        var text = new StringBuilder();
        text.AppendLine("| what | figure | aim |").AppendLine("|---|---|---|");
        foreach (var (what, figure, aim) in _rows) text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {figure} | {aim} |");
        text.AppendLine().AppendLine(Machine());
        Console.WriteLine(text);
        if (Folder() is { } folder) File.WriteAllText(Path.Combine(folder, name + ".md"), $"# ./bench {name}\n\n{text}");
    }

    private static string Machine()
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return FormattableString.Invariant(
            $"Machine: {cpu ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory} GiB; {RuntimeInformation.OSDescription}; .NET {Environment.Version}.") +
            " Server, PostgreSQL (fsync on) and generator share it; loopback only.";
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var results = Path.Combine(folder.FullName, "benchmarks", "results");
            if (Directory.Exists(results)) return results;
        }
        return null;
    }
}
