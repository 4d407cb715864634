using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ChainSync.RealtimeBench.Parts;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Reporting;

/// <summary>The tables of one run, to the screen and to <c>benchmarks/results/realtime.md</c>.</summary>
internal sealed class Report(BenchOptions options, Figures figures)
{
    private readonly StringBuilder _text = new();

    public string Write(TimeSpan took)
    {
        Line("# ./bench realtime");
        Line();
        Line("The same work for each hub: clients sign in with a signed token, join a channel, and are sent a sale of about 450 bytes as the hub's author");
        Line("would send it. Each is a process of its own beside one generator; they take turns within a round. Medians over the rounds with their range;");
        Line("“÷” is ChainSync by that hub, the median over the rounds of the ratio within each. Every delivery was counted by its content: none was lost,");
        Line("doubled or out of order. SignalR's MessagePack protocol is not among them: its package does not restore.");
        Line();
        Line($"`./bench realtime{(options.Quick ? " --quick" : "")}`, {options.Rounds} rounds, {took.TotalMinutes:0.0} min. {Machine()}");
        Goals();
        foreach (var part in Part.All.Where(p => options.Wants(p.Name))) Table(part);
        return _text.ToString();
    }

    private void Goals()
    {
        Line();
        Line("## Goals");
        Line();
        Line("| | goal | measured | |");
        Line("|---|---|---|---|");
        foreach (var goal in Goal.All) Line($"{goal.Row(figures)}");
    }

    private void Table(Part part)
    {
        var rows = options.Peers.Where(peer => part.Columns.Any(c => figures.Of(c.Figure, peer.Name).Count > 0)).ToList();
        if (rows.Count == 0) return;
        Line();
        Line($"## {part.Title}");
        Line();
        Line($"{part.What}");
        Line();
        Line($"| | {string.Join(" | ", part.Columns.SelectMany(c => c.Compared && rows.Count > 1 ? [c.Head, "÷"] : new[] { c.Head }))} |");
        Line($"|---|{string.Concat(part.Columns.Select(c => c.Compared && rows.Count > 1 ? "---|---|" : "---|"))}");
        foreach (var peer in rows)
            Line($"| {peer.Title} | {string.Join(" | ", part.Columns.SelectMany(c => c.Compared && rows.Count > 1 ? [Cell(c, peer), Ratio(c, peer)] : new[] { Cell(c, peer) }))} |");
    }

    private string Cell(Column column, PeerKind peer)
    {
        var values = figures.Of(column.Figure, peer.Name);
        if (values.Count == 0) return "–";
        var median = Text(figures.Median(column.Figure, peer.Name)!.Value);
        return values.Count == 1 ? median : $"{median} ({Text(values.Min())}–{Text(values.Max())})";

        string Text(double value) => value.ToString(column.Format, CultureInfo.InvariantCulture);
    }

    private string Ratio(Column column, PeerKind peer) => peer.Name == PeerKind.Ours
        ? ""
        : figures.Ratio(column.Figure, PeerKind.Ours, peer.Name)?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    private void Line(FormattableString text) => _text.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text = "") => _text.AppendLine(text);

    private static string Machine()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return FormattableString.Invariant(
            $"Machine: {cpu ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory} GiB; {RuntimeInformation.OSDescription}; .NET {Environment.Version}; loopback only.");
    }
}
