using System.Diagnostics;
using System.Globalization;

namespace ChainSync.LoadGen;

/// <summary>Reads of a store with 100,000 products, one client and eight.</summary>
internal static class ReadsBench
{
    private const int Products = 100_000;
    private const int Requests = 4_000;

    public static async Task RunAsync(BenchChain chain, Report report)
    {
        var store = BenchChain.Stores[^1];
        await BenchChain.AddProductsAsync(chain.Source, store, BenchChain.ProductsPerStore, Products - BenchChain.ProductsPerStore, CancellationToken.None);
        await using (var analyze = chain.Source.CreateCommand("analyze products; analyze stock; analyze product_barcodes")) await analyze.ExecuteNonQueryAsync();
        foreach (var clients in new[] { 1, 8 })
        {
            await MeasureAsync(chain, report, $"product page of 50, {Clients(clients)}", clients, _ => $"/api/stores/{store}/products?limit=50");
            await MeasureAsync(chain, report, $"product search, page of 50, {Clients(clients)}", clients, random => $"/api/stores/{store}/products?limit=50&q={Query(random)}");
            await MeasureAsync(chain, report, $"barcode lookup, {Clients(clients)}", clients,
                random => $"/api/stores/{store}/products/by-barcode/{random.Next(Products).ToString(CultureInfo.InvariantCulture).PadLeft(12, '0')}");
        }
        report.Add("server memory after the run", $"{chain.ServerMebibytes():F0} MiB");
    }

    private static string Clients(int count) => count == 1 ? "one client" : string.Create(CultureInfo.InvariantCulture, $"{count} clients");

    // A word that one product in eight has, and a number that narrows it.
    private static string Query(Random random) => string.Create(CultureInfo.InvariantCulture, $"coffee%20{random.Next(1, 1_000)}");

    private static async Task MeasureAsync(BenchChain chain, Report report, string what, int clients, Func<Random, string> path)
    {
        var latencies = new List<double>();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            var own = new List<double>();
            using var http = await RawHttp.ConnectAsync(chain.Address);
            for (var i = -200; i < Requests / clients; i++)
            {
                var request = RawHttp.Get(path(random), chain.Token);
                var start = Stopwatch.GetTimestamp();
                if (await http.SendAsync(request) != 200) throw new InvalidOperationException($"{what} was refused.");
                if (i >= 0) own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds); // the first ones warm up
            }
            lock (latencies) latencies.AddRange(own);
        })));
        report.Add($"GET {what}, 100,000 products", $"p50 {Stats.Percentile(latencies, 50):F2} ms, p99 {Stats.Percentile(latencies, 99):F2} ms");
    }
}
