using System.Security.Cryptography;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>The client and the real hub, with the line cut at random: every listener gets the whole log, once, in order.</summary>
public sealed class ResumeTests(ITestOutputHelper output)
{
    private const int Rows = 3_000;
    private static readonly string[] Targets = ["store:s1", "orders:s1", "inventory:s1"];

    public static TheoryData<int> Seeds => [1, 20_261_121, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_the_line_does_each_event_comes_once_and_in_order(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var host = await HubHost.StartAsync(o => (o.RingEvents, o.HistoryPage, o.MaxFramesPerMinute, o.MaxConnectionsPerAddress) = (24, 7, int.MaxValue, 1_000));
        var random = new Random(seed);
        var clients = Targets.SelectMany(target => Enumerable.Range(0, 3).Select(i => (target, user: $"{target}-{i}"))).ToList();

        var readers = clients.Select(c => Task.Run(() => ReadAsync(host, c.user, c.target, TestContext.Current.CancellationToken))).ToList();
        for (var row = 0; row < Rows; row++)
        {
            host.Publish(random.Next(2) == 0 ? "orders:s1" : "inventory:s1", random.Next(200), random.Next(1, 4));
            if (random.Next(60) == 0) host.Hub.Disconnect(clients[random.Next(clients.Count)].user, HubCloseCode.ServerError, "test");
            if (random.Next(20) == 0) await Task.Yield();
        }
        // Whoever may not see the last row learns on coming back that there is no more.
        clients.ForEach(c => host.Hub.Disconnect(c.user, HubCloseCode.ServerError, "test"));
        var received = await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        for (var i = 0; i < clients.Count; i++)
        {
            var target = clients[i].target;
            Assert.Equal(host.All("s1").Where(e => target == "store:s1" || e.Channel == target).Select(e => (e.Seq, e.Part)), received[i]);
        }
    }

    private static async Task<List<(long, int)>> ReadAsync(HubHost host, string user, string target, CancellationToken cancellationToken)
    {
        var options = new RealtimeClientOptions { Address = host.Address, Token = _ => new(user), MaxTries = null, FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(20) };
        await using var client = new RealtimeClient(options);
        client.Start();
        var received = new List<(long, int)>();
        await foreach (var message in client.ReadAllAsync(target, new(0, "e1"), capacity: 8, cancellationToken: cancellationToken))
        {
            if (message is RealtimeEvent e) received.Add((e.Seq, e.Part));
            else if (message is RealtimeProgress { Position.Seq: >= Rows }) break;
            else if (message is RealtimeResync) Assert.Fail("nothing was lost");
        }
        return received;
    }
}
