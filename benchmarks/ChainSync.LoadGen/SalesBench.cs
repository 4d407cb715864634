using System.Diagnostics;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.LoadGen;

/// <summary>
/// Sales per second through the API, and beside it the floor: the same reads and writes as one Npgsql batch per sale, made
/// before the clock starts, without any server. The two alternate in one run; the ratio is that of the medians.
/// </summary>
internal static class SalesBench
{
    private const int Rounds = 5;
    private const int Writers = 8;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(BenchChain chain, Report report)
    {
        await CompareAsync(chain, report, "one store", [BenchChain.Stores[0]]);
        await CompareAsync(chain, report, "20 stores", BenchChain.Stores);
        report.Add("server memory after the sales", $"{chain.ServerMebibytes():F0} MiB");
    }

    private static async Task CompareAsync(BenchChain chain, Report report, string name, IReadOnlyList<Guid> stores)
    {
        var (floor, api, latencies) = (new List<double>(), new List<double>(), new List<double>());
        await ApiRoundAsync(chain, stores, TimeSpan.FromSeconds(3), []); // the first requests compile the server
        await FloorRoundAsync(chain, stores, TimeSpan.FromSeconds(2));
        for (var i = 0; i < Rounds; i++)
        {
            floor.Add(await FloorRoundAsync(chain, stores, Round));
            api.Add(await ApiRoundAsync(chain, stores, Round, latencies));
            Console.Error.WriteLine($"  {name}: floor {floor[^1]:F0}/s, API {api[^1]:F0}/s");
        }
        report.Add($"sales/s, {name}, floor", $"{Stats.Median(floor):F0} ({floor.Min():F0}–{floor.Max():F0})");
        report.Add($"sales/s, {name}, API", $"{Stats.Median(api):F0} ({api.Min():F0}–{api.Max():F0}); p50 {Stats.Percentile(latencies, 50):F1} ms, p99 {Stats.Percentile(latencies, 99):F1} ms");
        report.Add($"sales, {name}, API ÷ floor", $"{Stats.Median(api) / Stats.Median(floor):F2}", "≥ 0.6");
    }

    private static async Task<double> ApiRoundAsync(BenchChain chain, IReadOnlyList<Guid> stores, TimeSpan time, List<double> latencies)
    {
        var requests = Enumerable.Range(0, Writers).Select(w => Prepare(w, stores, time, (store, random) =>
            BenchSales.ToRequest(store, BenchSales.Make(store, random), chain.Token))).ToList();
        var connections = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => RawHttp.ConnectAsync(chain.Address)));
        var rate = await MeasureAsync(time, async (writer, until) =>
        {
            var (done, own) = (0, new List<double>());
            foreach (var request in requests[writer])
            {
                var start = Stopwatch.GetTimestamp();
                if (await connections[writer].SendAsync(request) != 201) throw new InvalidOperationException("A sale was refused.");
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                done++;
                if (until.IsCancellationRequested) break;
            }
            lock (latencies) latencies.AddRange(own);
            return done;
        });
        foreach (var connection in connections) connection.Dispose();
        return rate;
    }

    private static async Task<double> FloorRoundAsync(BenchChain chain, IReadOnlyList<Guid> stores, TimeSpan time)
    {
        var batches = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => PrepareFloorAsync(chain, w, stores, time)));
        return await MeasureAsync(time, async (writer, until) =>
        {
            var done = 0;
            await using var connection = await chain.Source.OpenConnectionAsync(CancellationToken.None);
            foreach (var commands in batches[writer])
            {
                await using var batch = new NpgsqlBatch(connection);
                foreach (var command in commands) batch.BatchCommands.Add(command);
                await batch.ExecuteNonQueryAsync(CancellationToken.None);
                done++;
                if (until.IsCancellationRequested) break;
            }
            return done;
        });
    }

    // Far more than a round can use, so that no writer runs dry.
    private static List<T> Prepare<T>(int writer, IReadOnlyList<Guid> stores, TimeSpan time, Func<Guid, Random, T> make)
    {
        var random = new Random(writer);
        return [.. Enumerable.Range(0, (int)(time.TotalSeconds * 500)).Select(i => make(stores[((i * Writers) + writer) % stores.Count], random))];
    }

    private static async Task<List<List<NpgsqlBatchCommand>>> PrepareFloorAsync(BenchChain chain, int writer, IReadOnlyList<Guid> stores, TimeSpan time)
    {
        var result = new List<List<NpgsqlBatchCommand>>();
        await using var connection = await chain.Source.OpenConnectionAsync();
        foreach (var (store, sale) in Prepare(writer, stores, time, (store, random) => (store, BenchSales.Make(store, random))))
        {
            var operation = new Operation(Ids.New(TimeProvider.System), "sale.record", store, BenchChain.HashOf(sale.Id));
            var command = new RecordSaleCommand(operation, sale, Caller.System);
            await using (var reads = new NpgsqlBatch(connection))
            {
                command.AddReads(reads);
                await using var reader = await reads.ExecuteReaderAsync();
                await command.ReadAsync(reader, CancellationToken.None);
            }
            var writes = command.Decide(TimeProvider.System.GetUtcNow()).Value;
            await using var again = new NpgsqlBatch();
            command.AddReads(again);
            NpgsqlBatchCommand[] statements = [.. again.BatchCommands.Cast<NpgsqlBatchCommand>()];
            again.BatchCommands.Clear();
            result.Add([.. statements, .. writes.Statements, LogAppend.Command(operation, Caller.System, TimeProvider.System.GetUtcNow(), 201, writes.Response, writes.Changes)]);
        }
        return result;
    }

    private static async Task<double> MeasureAsync(TimeSpan time, Func<int, CancellationToken, Task<int>> work)
    {
        using var until = new CancellationTokenSource(time);
        var start = Stopwatch.GetTimestamp();
        var done = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => work(writer, until.Token))));
        return done.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
