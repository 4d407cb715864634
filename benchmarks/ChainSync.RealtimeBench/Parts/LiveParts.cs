using System.Diagnostics;
using ChainSync.LoadGen;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>What is measured on hubs that all stay up side by side: each gets a slice of time in turn, round after round.</summary>
internal static class LiveParts
{
    private const int EventsInBurst = 100;
    private const int EchoClients = 50;
    private const int EchoesOutstanding = 16;
    private const int ConnectsInFlight = 100;

    public static Part Fanout { get; } = new(
        "fanout", "One event at a time to 1,000 subscribers",
        "The next event is published when the last one has reached everyone, as fast as that goes.",
        [
            new("fanout.cpu", "server CPU µs per delivery", "0.00", Compared: true), new("fanout.rate", "deliveries/s", "N0"),
            new("fanout.allocated", "managed bytes per delivery", "0.0"),
        ]);

    public static Part Bursts { get; } = new(
        "bursts", "Bursts: 100 events waiting for each of 1,000 subscribers",
        "A hundred events are published at once; the next burst follows when all have arrived.",
        [
            new("bursts.cpu", "server CPU µs per delivery", "0.000", Compared: true), new("bursts.rate", "deliveries/s", "N0"),
            new("bursts.allocated", "managed bytes per delivery", "0.0"),
        ]);

    public static Part Paced { get; } = new(
        "paced", "At a fixed rate",
        "Milliseconds from the moment an event is due to each client's having read it; a publisher that is late counts as latency.",
        [
            new("paced100.p50", "100 × 100/s: p50 ms", "0.00"), new("paced100.p99", "p99 ms", "0.00", Compared: true),
            new("paced1000.p50", "1,000 × 10/s: p50 ms", "0.00"), new("paced1000.p99", "p99 ms", "0.00", Compared: true),
        ]);

    public static Part Echoes { get; } = new(
        "echoes", "Small messages: 50 clients, each with 16 pings outstanding",
        "A client sends a new ping for every answer, so 16 are always on their way.",
        [new("echoes.cpu", "server CPU µs per message", "0.00", Compared: true), new("echoes.rate", "messages/s", "N0")]);

    public static Part Connects { get; } = new(
        "connects", "Connections: 1,000 more, 100 in flight",
        "From the first packet through the upgrade and the token to the answer that the channel is followed.",
        [
            new("connects.cpu", "server CPU µs per connection", "0", Compared: true), new("connects.p50", "p50 ms", "0.0"), new("connects.p99", "p99 ms", "0.0"),
        ]);

    public static IReadOnlyList<(Part Part, Action<LivePeer, BenchOptions, Figures> Run)> All { get; } =
    [
        (Fanout, (peer, options, figures) => Publish(peer, 1, options.Slice, "fanout", figures)),
        (Bursts, (peer, options, figures) => Publish(peer, EventsInBurst, options.Slice, "bursts", figures)),
        (Paced, RunPaced),
        (Echoes, RunEchoes),
        (Connects, RunConnects),
    ];

    /// <summary>Publishes so many at a time until the slice is over.</summary>
    public static void Publish(LivePeer live, int atOnce, TimeSpan slice, string figure, Figures figures)
    {
        var (peer, crowd) = (live.Peer, live.Thousand);
        var (allocated, cpu, start, before) = (peer.Allocated(), peer.Cpu, Stopwatch.GetTimestamp(), crowd.Deliveries);
        do
        {
            peer.Publish(crowd, atOnce);
            crowd.AwaitAll();
        }
        while (Stopwatch.GetElapsedTime(start) < slice);
        var (elapsed, spent, deliveries) = (Stopwatch.GetElapsedTime(start), peer.Cpu - cpu, crowd.Deliveries - before);
        figures.Add($"{figure}.cpu", peer.Kind.Name, spent.TotalMicroseconds / deliveries);
        figures.Add($"{figure}.rate", peer.Kind.Name, deliveries / elapsed.TotalSeconds);
        if (peer.Allocated() - allocated is { } bytes) figures.Add($"{figure}.allocated", peer.Kind.Name, (double)bytes / deliveries);
    }

    /// <summary>Pings from some of the clients until so many were answered.</summary>
    public static void Echo(LivePeer live, int messages, Figures figures)
    {
        var (cpu, start) = (live.Peer.Cpu, Stopwatch.GetTimestamp());
        live.Thousand.Echo(EchoClients, EchoesOutstanding, messages);
        figures.Add("echoes.cpu", live.Peer.Kind.Name, (live.Peer.Cpu - cpu).TotalMicroseconds / messages);
        figures.Add("echoes.rate", live.Peer.Kind.Name, messages / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public static void RunConnects(LivePeer live, BenchOptions options, Figures figures)
    {
        using var more = live.Peer.Crowd(live.Poller, LivePeer.QuietStore);
        var cpu = live.Peer.Cpu;
        var milliseconds = more.Join(BenchOptions.Subscribers, ConnectsInFlight);
        figures.Add("connects.cpu", live.Peer.Kind.Name, (live.Peer.Cpu - cpu).TotalMicroseconds / milliseconds.Count);
        figures.Add("connects.p50", live.Peer.Kind.Name, Stats.Percentile(milliseconds, 50));
        figures.Add("connects.p99", live.Peer.Kind.Name, Stats.Percentile(milliseconds, 99));
        more.Leave();
    }

    private static void RunEchoes(LivePeer live, BenchOptions options, Figures figures) => Echo(live, options.Quick ? 30_000 : 120_000, figures);

    private static void RunPaced(LivePeer live, BenchOptions options, Figures figures)
    {
        Add("paced100", Pace.Run(live.Peer, live.Hundred, live.Poller, 100, options.Slice));
        Add("paced1000", Pace.Run(live.Peer, live.Thousand, live.Poller, 10, options.Slice));

        void Add(string figure, IReadOnlyList<double> milliseconds)
        {
            figures.Add($"{figure}.p50", live.Peer.Kind.Name, Stats.Percentile(milliseconds, 50));
            figures.Add($"{figure}.p99", live.Peer.Kind.Name, Stats.Percentile(milliseconds, 99));
        }
    }
}
