using System.Diagnostics;
using ChainSync.LoadGen;
using ChainSync.RealtimeBench.Clients;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>A hundred thousand deliveries a second, the generator beside the hub on the same cores.</summary>
internal static class SustainedPart
{
    private const int EventsPerSecond = 100;

    public static Part Part { get; } = new(
        "sustained", "100,000 deliveries a second",
        "100 events a second to 1,000 subscribers for some seconds; every one must arrive, in order. Deliveries per second until the last has arrived; cores used by server and generator.",
        [
            new("sustained.rate", "deliveries/s", "N0"), new("sustained.p99", "p99 ms", "0.00"),
            new("sustained.server", "cores, server", "0.00"), new("sustained.generator", "cores, generator", "0.00"),
        ]);

    public static void Run(LivePeer live, BenchOptions options, Figures figures)
    {
        var (peer, crowd) = (live.Peer, live.Thousand);
        var (cpu, own, start, before) = (peer.Cpu, Native.CpuTime(Environment.ProcessId), Stopwatch.GetTimestamp(), crowd.Deliveries);
        var milliseconds = Pace.Run(peer, crowd, live.Poller, EventsPerSecond, TimeSpan.FromSeconds(options.Quick ? 2 : 5));
        var elapsed = Stopwatch.GetElapsedTime(start);
        figures.Add("sustained.rate", peer.Kind.Name, (crowd.Deliveries - before) / elapsed.TotalSeconds);
        figures.Add("sustained.server", peer.Kind.Name, (peer.Cpu - cpu) / elapsed);
        figures.Add("sustained.generator", peer.Kind.Name, (Native.CpuTime(Environment.ProcessId) - own) / elapsed);
        figures.Add("sustained.p99", peer.Kind.Name, Stats.Percentile(milliseconds, 99));
    }
}
