using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>What a connection costs in memory while nothing happens on it.</summary>
internal static class IdlePart
{
    private const int InFlight = 100;
    private static readonly int[] Sizes = [1_000, 5_000, 10_000];

    public static Part Part { get; } = new(
        "idle", "Idle connections",
        "KiB of the server process per connection that is signed in, subscribed and has been sent one event: its proportional set size after a forced collection, less what it was after 200 such connections had come and gone.",
        [.. Sizes.Select(size => new Column(Figure(size), FormattableString.Invariant($"{size:N0} connections: KiB each"), "0.0", Compared: size == Sizes[^1]))]);

    public static string Figure(int size) => FormattableString.Invariant($"idle.{size}");

    public static void Run(PeerKind kind, Poller poller, BenchOptions options, Figures figures)
    {
        using var peer = Peer.Start(kind);
        using (var first = peer.Crowd(poller, LivePeer.HundredStore))
        {
            first.Join(200, InFlight);
            Touch(peer, first);
            first.Leave();
        }
        var before = peer.SettledBytes();
        using var crowd = peer.Crowd(poller, LivePeer.QuietStore);
        foreach (var size in options.Quick ? Sizes[..1] : Sizes)
        {
            crowd.Join(size - crowd.Count, InFlight);
            Touch(peer, crowd);
            figures.Add(Figure(size), kind.Name, (peer.SettledBytes() - before) / 1024.0 / size);
        }
    }

    /// <summary>A connection that has never been sent anything is not what a shop's looks like.</summary>
    private static void Touch(Peer peer, Crowd crowd)
    {
        peer.Publish(crowd, 1);
        crowd.AwaitAll();
    }
}
