namespace ChainSync.Realtime.Tests;

/// <summary>What a delivery costs the collector, over real sockets. Counted for the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Clients = 1_000;
    private const int Padding = 400;

    /// <summary>
    /// One at a time, what is left is the event itself, shared by all, and a work item for every 64 connections. A queue that a
    /// burst has grown is given back after it, which costs its growth the next time.
    /// </summary>
    [Theory]
    [InlineData(1, 200, 16)]
    [InlineData(100, 4, 48)]
    public async Task A_delivered_frame_costs_a_few_bytes_of_managed_memory_at_most(int eventsAtOnce, int times, int mostBytes)
    {
        await using var host = await HubHost.StartAsync(o =>
            (o.MaxConnectionsPerAddress, o.PingInterval) = (Clients, TimeSpan.FromDays(365)));
        var readers = Enumerable.Range(0, Clients).Select(_ => QuietReader.Subscribe(host, "ann/manager", "orders:s1")).ToList();
        Deliver(host, readers, eventsAtOnce, times);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        Deliver(host, readers, eventsAtOnce, times);
        var perFrame = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(eventsAtOnce * times * Clients);

        TestContext.Current.TestOutputHelper!.WriteLine($"{perFrame:F1} bytes per frame");
        Assert.InRange(perFrame, 0, mostBytes);
        readers.ForEach(r => r.Dispose());
    }

    /// <summary>Publishes as a log tail that found so many rows at once, and waits until everyone has them.</summary>
    private static void Deliver(HubHost host, List<QuietReader> readers, int eventsAtOnce, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var rows = Enumerable.Range(0, eventsAtOnce).Select(_ => host.Log.Commit("s1", "orders:s1", padding: Padding)).ToList();
            host.Hub.Publish(new("s1", host.Log.Epoch, rows[0].After, rows[^1].Seq, [.. rows.SelectMany(r => r.Events)]));
            foreach (var reader in readers)
            {
                foreach (var row in rows) reader.Skip(row.Events[0]);
            }
        }
    }
}
