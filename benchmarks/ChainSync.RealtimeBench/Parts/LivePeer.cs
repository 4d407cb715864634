using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>A hub that stays up for all rounds, with a store followed by a thousand and one by a hundred.</summary>
internal sealed class LivePeer : IDisposable
{
    public const string ThousandStore = "019cad0e-0000-7000-8000-000000000001";
    public const string HundredStore = "019cad0e-0000-7000-8000-000000000002";
    public const string QuietStore = "019cad0e-0000-7000-8000-000000000003";

    private const int WarmUpEchoes = 20_000;

    public LivePeer(PeerKind kind, Poller poller, BenchOptions options)
    {
        (Peer, Poller) = (Peer.Start(kind), poller);
        (Thousand, Hundred) = (Peer.Crowd(poller, ThousandStore), Peer.Crowd(poller, HundredStore));
        Thousand.Join(BenchOptions.Subscribers, 100);
        Hundred.Join(100, 100);
    }

    public Peer Peer { get; }

    public Poller Poller { get; }

    public Crowd Thousand { get; }

    public Crowd Hundred { get; }

    /// <summary>Does what will be measured until it is compiled for that.</summary>
    public void WarmUp(BenchOptions options)
    {
        var ignored = new Figures();
        LiveParts.Publish(this, 1, options.WarmUp / 2, "warm-up", ignored);
        LiveParts.Publish(this, 100, options.WarmUp / 4, "warm-up", ignored);
        LiveParts.Echo(this, WarmUpEchoes, ignored);
        LiveParts.RunConnects(this, options, ignored);
        LiveParts.Publish(this, 1, options.WarmUp / 4, "warm-up", ignored);
    }

    public void Dispose()
    {
        Thousand.Dispose();
        Hundred.Dispose();
        Peer.Dispose();
    }
}
