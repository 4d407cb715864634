using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>Starts the hubs, and gives each its slice of every wanted part, round after round.</summary>
internal static class LiveRounds
{
    public static void Run(Poller poller, BenchOptions options, Figures figures)
    {
        var parts = LiveParts.All.Where(p => options.Wants(p.Part.Name)).ToList();
        var sustained = options.Wants(SustainedPart.Part.Name);
        if (parts.Count == 0 && !sustained) return;
        var hubs = new List<LivePeer>();
        try
        {
            foreach (var kind in options.Peers.Where(p => parts.Count > 0 || p.Name == PeerKind.Ours))
            {
                Console.Error.WriteLine($"warming up {kind.Title} …");
                hubs.Add(new(kind, poller, options));
                hubs[^1].WarmUp(options);
            }
            for (var round = 0; round < options.Rounds; round++)
            {
                Console.Error.WriteLine($"round {round + 1} of {options.Rounds} …");
                foreach (var (_, run) in parts)
                {
                    // Who goes first changes from round to round.
                    for (var i = 0; i < hubs.Count; i++) run(hubs[(i + round) % hubs.Count], options, figures);
                }
                if (sustained && hubs.Find(h => h.Peer.Kind.Name == PeerKind.Ours) is { } ours) SustainedPart.Run(ours, options, figures);
            }
        }
        finally
        {
            hubs.ForEach(h => h.Dispose());
        }
    }
}
