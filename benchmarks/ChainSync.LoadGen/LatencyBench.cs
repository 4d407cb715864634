using System.Collections.Concurrent;
using System.Diagnostics;
using ChainSync.TestKit;

namespace ChainSync.LoadGen;

/// <summary>From the moment a till begins to send a sale to the moment its frame is in another client's hands.</summary>
internal static class LatencyBench
{
    private const int Sales = 1_500;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(BenchChain chain, Report report)
    {
        var store = BenchChain.Stores[0];
        var sent = new ConcurrentDictionary<Guid, long>();
        var latencies = new List<double>();
        await using var watcher = await HubClient.ConnectAsync(chain.Address, chain.Token);
        await watcher.SubscribeAsync($"orders:{store}");
        var watching = Task.Run(async () =>
        {
            while (latencies.Count < Sales)
            {
                var frame = await watcher.UntilAsync("sale:created");
                if (sent.TryGetValue(frame.GetProperty("data").GetProperty("id").GetGuid(), out var start)) latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        });

        var random = new Random(7);
        var sales = Enumerable.Range(0, Sales).Select(_ => BenchSales.Make(store, random)).ToList();
        using var till = await RawHttp.ConnectAsync(chain.Address);
        using var pace = new PeriodicTimer(Every);
        foreach (var (sale, request) in sales.Select(s => (s, BenchSales.ToRequest(store, s, chain.Token))).ToList())
        {
            await pace.WaitForNextTickAsync();
            sent[sale.Id] = Stopwatch.GetTimestamp();
            await till.SendAsync(request);
        }
        await watching.WaitAsync(TimeSpan.FromSeconds(30));
        report.Add($"request → frame in another socket, 100 sales/s", $"p50 {Stats.Percentile(latencies, 50):F1} ms, p99 {Stats.Percentile(latencies, 99):F1} ms", "p50 < 10 ms");
    }
}
