using System.Globalization;
using ChainSync.RealtimeBench.Parts;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Reporting;

/// <summary>A goal and the figure that decides it.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Format">How both are written.</param>
/// <param name="Value">The figure of this run, or null when it was not measured.</param>
/// <param name="AtLeast">Whether the figure must reach the limit; otherwise it must not pass it.</param>
internal sealed record Goal(string What, double Limit, string Format, Func<Figures, double?> Value, bool AtLeast = false)
{
    private const double NearlyAll = 0.99;

    public static IReadOnlyList<Goal> All { get; } =
    [
        new("one event at a time, CPU per delivery ÷ Kestrel + System.Net.WebSockets", 1, "0.00", f => f.Ratio("fanout.cpu", PeerKind.Ours, PeerKind.Kestrel)),
        new("one event at a time, CPU per delivery ÷ hand-framed over Kestrel (the aim)", 1, "0.00", f => f.Ratio("fanout.cpu", PeerKind.Ours, PeerKind.Framed)),
        new("one event at a time, CPU per delivery ÷ SignalR", 0.5, "0.00", f => f.Ratio("fanout.cpu", PeerKind.Ours, PeerKind.SignalR)),
        new("bursts, CPU per delivery ÷ one event at a time", 0.2, "0.00", f => f.Median("bursts.cpu", PeerKind.Ours) / f.Median("fanout.cpu", PeerKind.Ours)),
        new("KiB per idle connection at 10,000", 15, "0.0", f => f.Median(IdlePart.Figure(10_000), PeerKind.Ours)),
        new("CPU µs per small message, 16 outstanding", 4, "0.00", f => f.Median("echoes.cpu", PeerKind.Ours)),
        new("CPU µs per authenticated connect", 250, "0", f => f.Median("connects.cpu", PeerKind.Ours)),
        new("connect, 100 in flight: p99 ms", 100, "0.0", f => f.Median("connects.p99", PeerKind.Ours)),
        new("100 subscribers × 100 events/s: p99 ms", 10, "0.00", f => f.Median("paced100.p99", PeerKind.Ours)),
        // The last event leaves when its time has come, so the rate to its arrival stays a little below what was offered.
        new("deliveries/s offered 100,000 a second, none lost", 100_000 * NearlyAll, "N0", f => f.Median("sustained.rate", PeerKind.Ours), AtLeast: true),
    ];

    /// <summary>The row of the goals table.</summary>
    public string Row(Figures figures)
    {
        var value = Value(figures);
        var verdict = value is not { } v ? "not measured" : (AtLeast ? v >= Limit : v <= Limit) ? "met" : "**missed**";
        return string.Create(CultureInfo.InvariantCulture, $"| {What} | {(AtLeast ? "≥" : "≤")} {Write(Limit)} | {(value is { } figure ? Write(figure) : "–")} | {verdict} |");
    }

    private string Write(double value) => value.ToString(Format, CultureInfo.InvariantCulture);
}
