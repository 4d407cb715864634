using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using ChainSync.LoadGen;
using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>The whole server: a sale is posted, committed to PostgreSQL, read from the log by its tail and sent to everyone who follows the store.</summary>
internal static class LogPathPart
{
    private const int InFlight = 100;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    public static Part Part { get; } = new(
        "logpath", "The log path: the whole server with PostgreSQL, 1,000 subscribers of the store, 10 sales a second",
        "Milliseconds to each subscriber's having the sale's frame, from the moment the till began to send the sale, and from the moment it had the answer that it is committed (below zero where the frame was first). A sale is five frames: the sale, its payment and three stock levels.",
        [
            new("logpath.posted.p50", "sale sent → frame: p50 ms", "0.0"), new("logpath.posted.p99", "p99 ms", "0.0"),
            new("logpath.answered.p50", "committed and answered → frame: p50 ms", "0.0"), new("logpath.answered.p99", "p99 ms", "0.0"),
        ]);

    public static async Task RunAsync(Poller poller, BenchOptions options, Figures figures)
    {
        await using var chain = await BenchChain.CreateAsync();
        var store = BenchChain.Stores[0];
        using var crowd = new SaleWatchers(poller, new(IPAddress.Loopback, chain.Address.Port), chain.Token, store.ToString());
        crowd.Join(BenchOptions.Subscribers, InFlight);
        var random = new Random(7);
        foreach (var (round, sales) in new[] { (0, 30) }.Concat(Enumerable.Range(1, options.Quick ? 1 : 3).Select(r => (r, options.Quick ? 30 : 60))))
        {
            var requests = Enumerable.Range(0, sales).Select(_ => BenchSales.ToRequest(store, BenchSales.Make(store, random), chain.Token)).ToList();
            var times = new List<(long Sent, long Answered)>();
            var first = crowd.Sales;
            var till = Task.Run(() => SellAsync(chain.Address, requests, times));
            crowd.AwaitSales(first + sales);
            await till;
            // The first round is the warm-up.
            if (round > 0) Add(times, [.. crowd.Arrivals.Where(a => a.Sale >= first)], first, figures);
        }
    }

    private static async Task SellAsync(Uri server, IReadOnlyList<byte[]> requests, List<(long Sent, long Answered)> times)
    {
        using var till = await RawHttp.ConnectAsync(server);
        using var pace = new PeriodicTimer(Every);
        foreach (var request in requests)
        {
            await pace.WaitForNextTickAsync();
            var sent = Stopwatch.GetTimestamp();
            var status = await till.SendAsync(request);
            if (status != 201) throw new InvalidDataException($"A sale was answered with {status}.");
            times.Add((sent, Stopwatch.GetTimestamp()));
        }
    }

    private static void Add(List<(long Sent, long Answered)> times, List<(int Sale, long At)> arrivals, int first, Figures figures)
    {
        Add("posted", [.. arrivals.Select(a => Stopwatch.GetElapsedTime(times[a.Sale - first].Sent, a.At).TotalMilliseconds)]);
        Add("answered", [.. arrivals.Select(a => Stopwatch.GetElapsedTime(times[a.Sale - first].Answered, a.At).TotalMilliseconds)]);

        void Add(string from, IReadOnlyList<double> milliseconds)
        {
            figures.Add($"logpath.{from}.p50", PeerKind.Ours, Stats.Percentile(milliseconds, 50));
            figures.Add($"logpath.{from}.p99", PeerKind.Ours, Stats.Percentile(milliseconds, 99));
        }
    }

    /// <summary>Follows a whole store: positions only rise, and of each sale there is one frame for everyone.</summary>
    private sealed class SaleWatchers(Poller poller, IPEndPoint server, string token, string storeId)
        : Crowd("ChainSync", poller, server, Dialect.ChainSync, _ => token, storeId)
    {
        private static readonly byte[] Sale = "\"type\":\"sale:created\""u8.ToArray();
        private static readonly byte[] Position = "\"seq\":"u8.ToArray();

        private readonly Dictionary<Client, int> _seen = [];

        /// <summary>Sales that everyone has the frame of.</summary>
        public int Sales { get; private set; }

        /// <summary>Each frame of a sale: which one, from 0, and when.</summary>
        public List<(int Sale, long At)> Arrivals { get; } = [];

        protected override string Channel => $"store:{StoreId}";

        public void AwaitSales(int count)
        {
            PumpUntil(() => Arrivals.Count >= count * Count);
            Sales = count;
        }

        public override void Take(Client client, ReadOnlySpan<byte> message, long now)
        {
            var at = message.IndexOf(Position);
            if (at < 0) return;
            if (!Utf8Parser.TryParse(message[(at + Position.Length)..], out long seq, out _) || seq < client.Next)
                throw new InvalidDataException($"Position {seq} came where {client.Next} had been.");
            client.Next = seq;
            if (message.IndexOf(Sale) < 0) return;
            var sale = _seen.GetValueOrDefault(client);
            _seen[client] = sale + 1;
            Arrivals.Add((sale, now));
        }
    }
}
