using System.Globalization;
using System.Text;

namespace ChainSync.AnomaliesBench;

/// <summary>Writes the tables to the console and to <c>anomalies.md</c>.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public Report()
    {
        Line("# Anomalies");
        Line("");
        Line($"`./bench anomalies` on {Environment.ProcessorCount} cores, .NET {Environment.Version}. An alert is right when it overlaps an event by a day's tolerance; alerts that");
        Line("start within seven days after an event are its recovery and not counted; alerts on days of the calendar are");
        Line("left out of precision (strict: kept, as wrong unless they overlap an event); no point is adjusted. Precision is over alerts, recall over events.");
    }

    public void Line(string text)
    {
        Console.WriteLine(text);
        _text.AppendLine(text);
    }

    public void Heading(string title)
    {
        Line("");
        Line($"## {title}");
        Line("");
    }

    public void Table(params string[] columns)
    {
        Line($"| {string.Join(" | ", columns)} |");
        Line($"|{string.Concat(Enumerable.Repeat("---|", columns.Length))}");
    }

    public void Row(params string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "anomalies.md"), _text.ToString());
    }

    public static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Number(double value, string format = "0.##") => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
