using System.Globalization;
using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Sync;
using ChainSync.TestKit;

namespace ChainSync.Chaos.Tests;

/// <summary>
/// Real servers on a real database, killed, drained and started again; lines cut anywhere or gone silent; readers that stop; people
/// who sell all the while. In the end each follower has exactly the log as its rights show it, and each acknowledged write is in the
/// log once. <c>CHAINSYNC_CHAOS_SECONDS</c> is how long (20), <c>CHAINSYNC_CHAOS_SEED</c> repeats a run's decisions.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Shopkeepers = 4;
    private const int CustomersPerStore = 3;
    private const int LeastWrites = 100;

    /// <summary>The stores, and the chain's own stream, which an admin's namespaces include.</summary>
    private static readonly IReadOnlyList<Guid> Streams = [.. TestChain.StoreIds, Guid.Empty];

    /// <summary>Patience with a slow machine: what is awaited has mostly come long before.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Everybody_gets_exactly_the_log_as_their_rights_show_it()
    {
        var seed = Setting("CHAINSYNC_CHAOS_SEED", RandomNumberGenerator.GetInt32(int.MaxValue));
        var seconds = Setting("CHAINSYNC_CHAOS_SECONDS", 20);
        Say($"chaos: CHAINSYNC_CHAOS_SEED={seed} CHAINSYNC_CHAOS_SECONDS={seconds}");
        var random = new Random(seed);
        await using var chain = await Chain.StartAsync(new(random.Next()));
        var customers = await AddCustomersAsync(chain);
        await using var lines = new CuttingProxy(chain.PickPort, new(random.Next()));
        await using var requests = new CuttingProxy(chain.PickPort, new(random.Next()));
        using var http = new HttpClient { BaseAddress = requests.Address };
        var shopkeepers = Enumerable.Range(0, Shopkeepers).Select(_ => new Shopkeeper(chain, http, customers, random.Next())).ToList();
        var crowd = await Crowd.GatherAsync(chain, lines.Address, customers, random);
        var followers = crowd.Followers;

        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(shopkeepers.Select(s => Task.Run(() => s.RunAsync(stop.Token))));
        followers.ForEach(f => f.Start());
        var ending = EndAsync(TimeSpan.FromSeconds(seconds), shopkeepers, crowd.LoseRightsAsync(TimeSpan.FromSeconds(seconds), new(random.Next())), stop);
        await chain.TormentAsync(new(random.Next()), stop.Token);
        await ending;
        await chain.AllUpAsync();
        requests.Calm();
        lines.Calm();
        followers.ForEach(f => f.Dawdles = false);
        await writing.WaitAsync(SettleTime, TestContext.Current.CancellationToken);
        await SettleAsync(chain, followers);
        await Task.WhenAll(followers.Select(f => f.DisposeAsync().AsTask()));

        Say($"chaos: {shopkeepers.Sum(s => s.Done.Count)} writes, {followers.Sum(f => f.Events.Values.Sum(e => e.Count))} events to {followers.Count} followers, "
            + $"{lines.Cuts + requests.Cuts} lines cut, {chain.Kills} kills, {chain.Drains} drains");
        await JudgeAsync(chain, shopkeepers, followers, seed);
    }

    /// <summary>Ends the torment when its time is over and, on a slow machine, something has happened meanwhile.</summary>
    private static async Task EndAsync(TimeSpan time, List<Shopkeeper> shopkeepers, Task happenings, CancellationTokenSource stop)
    {
        try
        {
            await Task.Delay(time);
            using var patience = new CancellationTokenSource(SettleTime);
            while (shopkeepers.Sum(s => s.Done.Count) < LeastWrites && !patience.IsCancellationRequested) await Task.Delay(100, CancellationToken.None);
            await happenings.WaitAsync(SettleTime);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task JudgeAsync(Chain chain, List<Shopkeeper> shopkeepers, List<Follower> followers, int seed)
    {
        var wrongs = shopkeepers.SelectMany(s => s.Wrongs).Concat(followers.SelectMany(f => f.Wrongs.Select(w => $"{f.Name}: {w}"))).ToList();
        var truth = await Truth.ReadAsync(chain.Test.Source, Streams);
        wrongs.AddRange(followers.SelectMany(f => f.Judge(truth).Select(wrong => $"{f.Name}: {wrong}")));
        wrongs.AddRange(await Writes.WrongsAsync(chain.Test.Source, [.. shopkeepers.SelectMany(s => s.Done)]));
        foreach (var store in Streams)
        {
            if (await new LogVerifier(chain.Test.Source).FirstBrokenAsync(store, CancellationToken.None) is { } broken) wrongs.Add($"the log of {store} is broken at {broken}");
        }
        Assert.True(wrongs.Count == 0, $"seed {seed}: {wrongs.Count} wrongs\n{string.Join('\n', wrongs.Take(40))}");
        Assert.InRange(shopkeepers.Sum(s => s.Done.Count), LeastWrites, int.MaxValue);
        Assert.All(followers, f => Assert.NotEmpty(f.Starts));
        Assert.Contains(followers, f => f.Events.Values.Any(e => e.Count > 0));
    }

    /// <summary>Waits until everybody has been told that they have everything.</summary>
    private static async Task SettleAsync(Chain chain, List<Follower> followers)
    {
        var heads = new Dictionary<string, long>();
        foreach (var store in Streams)
            heads[store.ToString()] = await chain.Test.ScalarAsync<long>("select seq from store_head where store_id = $1", store);
        bool IsBehind(Follower f) => f.IsBehind(heads);
        using var patience = new CancellationTokenSource(SettleTime);
        while (followers.Any(IsBehind) && !patience.IsCancellationRequested)
        {
            foreach (var behind in followers.Where(IsBehind)) behind.Ask();
            await Task.Delay(1_000, CancellationToken.None);
        }
        foreach (var behind in followers.Where(IsBehind))
            behind.Wrongs.Enqueue($"never got to the end: {string.Join(", ", behind.Reached)} of {string.Join(", ", heads)}");
    }

    private static async Task<Dictionary<Guid, List<Guid>>> AddCustomersAsync(Chain chain)
    {
        var customers = new Dictionary<Guid, List<Guid>>();
        foreach (var store in TestChain.StoreIds)
        {
            var ids = customers[store] = [.. Enumerable.Range(0, CustomersPerStore).Select(n => Ids.Named(store, $"customer-{n}"))];
            var operation = new Operation(Ids.Named(store, "customers"), "customer.create", store, new byte[32]);
            await chain.Test.Writer.CommitAsync(operation, Caller.System, Core.Json.ChainSyncJson.Default.Customer, 201, db =>
            {
                var made = ids.Select(id => new Customer { StoreId = store, Id = id, Name = "Regular" }).ToList();
                db.Customers.AddRange(made);
                return Task.FromResult<Outcome<Customer>>(made[0]);
            }, CancellationToken.None);
        }
        return customers;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
