using System.Net.WebSockets;
using System.Security.Cryptography;

namespace ChainSync.Realtime.Tests;

/// <summary>
/// A log is written and tailed irregularly while clients subscribe, resubscribe and are cut at random moments. Whatever the
/// interleaving, each must end up with exactly the log filtered by its rights, each event once, in order; whoever asked for the
/// latest may lack an event with a key where a newer one of that key came, and nothing else.
/// </summary>
public sealed class ResumeRaceTests(ITestOutputHelper output)
{
    private const int Rows = 1_500;
    private static readonly string[] Channels = ["orders:s1", "payments:s1", "inventory:s1"];
    private static readonly string[] Targets = ["store:s1", .. Channels];
    private static readonly string[] Tokens = ["ann/manager", "bob/staff", "cyd/customer"];
    private static readonly string[] Modes = ["all", "latest"];
    private static readonly TimeSpan PingInterval = TimeSpan.FromMinutes(5);

    public static TheoryData<int> Seeds => [1, 20_260_302, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Every_client_receives_the_filtered_log_exactly_once_in_order(int seed) => RaceAsync(seed, budgetBytes: 1 << 20);

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task So_does_one_that_bursts_outrun(int seed) => RaceAsync(seed, budgetBytes: 8 << 10);

    private async Task RaceAsync(int seed, int budgetBytes)
    {
        output.WriteLine($"seed {seed}");
        await using var host = await HubHost.StartAsync(o =>
        {
            (o.RingEvents, o.HistoryPage, o.MaxReplay, o.MaxFramesPerMinute) = (24, 7, long.MaxValue, int.MaxValue);
            o.AuthTimeout = o.WriteDeadline = o.CloseTimeout = TimeSpan.FromHours(1);
            (o.SendBudgetBytes, o.RingBytes, o.MaxConnectionsPerAddress) = (budgetBytes, Math.Min(64 << 10, budgetBytes / 2), 1_000);
            (o.PingInterval, o.PongTimeout) = (PingInterval, PingInterval - TimeSpan.FromSeconds(1));
        });
        var random = new Random(seed);
        var combinations = Tokens.SelectMany(token => Targets.Select(target => (token, target)))
            .Where(c => c is not ("bob/staff", "payments:s1") and not ("cyd/customer", "inventory:s1"))
            .SelectMany(c => Modes.Select(mode => new RacingClient(host, c.token, c.target, mode, random.Next())))
            .ToList();

        var writing = Task.Run(() => WriteAsync(host, new(seed)));
        await Task.WhenAll(combinations.Select(c => Task.Run(() => c.RunAsync(writing))));
        await writing;

        Assert.All(combinations.Where(c => c.Mode == "all"), c => Assert.Equal(Expected(host, c).Select(KeyOf), c.Received));
        Assert.All(combinations.Where(c => c.Mode == "latest"), c => AssertLatest(Expected(host, c), c.Received));
        Assert.True(host.Log.Reads > 0, "the history was never needed");
        Assert.True(combinations.Sum(c => Expected(host, c).Count - c.Received.Count) > 0, "nothing was ever left out");
    }

    private static void AssertLatest(List<HubEvent> expected, List<(string, long Seq, int)> received)
    {
        var byKey = expected.ToDictionary(KeyOf);
        var got = received.ConvertAll(key => byKey[key]);
        Assert.Equal(expected.Where(e => e.Key is null), got.Where(e => e.Key is null));
        Assert.Equal(State(expected), State(got));
        Assert.Equal(got.OrderBy(e => e.Seq), got);
    }

    /// <summary>The newest event of each key, as somebody has it who takes one after another.</summary>
    private static Dictionary<(string, string), HubEvent> State(List<HubEvent> events)
    {
        var state = new Dictionary<(string, string), HubEvent>();
        foreach (var e in events.Where(e => e.Key is not null)) state[(e.Channel, e.Key!)] = e;
        return state;
    }

    private static (string Channel, long Seq, int Part) KeyOf(HubEvent e) => (e.Channel, e.Seq, e.Part);

    private static List<HubEvent> Expected(HubHost host, RacingClient client)
    {
        var authority = new TestAuthority(host.Clock);
        var parts = client.Token.Split('/');
        var user = new HubUser(parts[0], parts[1], DateTimeOffset.MaxValue);
        return [.. host.Log.All("s1")
            .Where(e => client.Target == "store:s1" || e.Channel == client.Target)
            .Where(e => authority.MaySee(user, e))];
    }

    /// <summary>Commits rows of none to several events; tails them late, in batches, twice, or not at all for a stretch.</summary>
    private static async Task WriteAsync(HubHost host, Random random)
    {
        await Eventually.IsAsync(() => host.Hub.Statistics().Subscriptions.Count > 0);
        var waiting = new List<HubBatch>();
        HubBatch? last = null;
        for (var row = 0; row < Rows; row++)
        {
            waiting.Add(host.Log.Commit("s1", seq => Row(random, seq)));
            if (random.Next(50) == 0) waiting.RemoveRange(0, waiting.Count - 1);
            if (random.Next(50) == 0 && last is not null) host.Hub.Publish(last);
            if (random.Next(5) == 0) host.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(100)));
            if (row % 200 > 120 || (random.Next(3) > 0 && row < Rows - 1)) continue;
            last = new("s1", "e1", waiting[0].After, waiting[^1].Seq, [.. waiting.SelectMany(b => b.Events)]);
            host.Hub.Publish(last);
            waiting.Clear();
            for (var turns = random.Next(100); turns > 0; turns--) await Task.Yield();
        }
        // Whoever may not see the last rows learns from a heartbeat that it has them all. The hub looks every 250 ms whose is due.
        host.Clock.Advance(PingInterval + TimeSpan.FromMilliseconds(250));
    }

    private static List<HubEvent> Row(Random random, long seq)
    {
        var events = new List<HubEvent>();
        foreach (var channel in Channels)
        {
            for (var part = 0; part < random.Next(3); part++)
            {
                // Whose an event is follows from its key, as the hub demands.
                var key = random.Next(12);
                events.Add(TestLog.Event(channel, seq, part, key % 2 == 0 ? "cyd" : "dan", random.Next(200), key < 8 ? $"k{key}" : null));
            }
        }
        return events;
    }

    private sealed class RacingClient(HubHost host, string token, string target, string mode, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly HashSet<(string, long, int)> _seen = [];
        private readonly HashSet<(string, long, int)> _sinceSubscribed = [];
        private long _cursor;
        private long _latest;

        public string Token => token;

        public string Target => target;

        public string Mode => mode;

        public int Connections { get; private set; }

        public List<(string Channel, long Seq, int Part)> Received { get; } = [];

        public async Task RunAsync(Task writing)
        {
            while (!writing.IsCompleted || Connections < 5) await ConnectAndReadAsync(_random.Next(1, 200));
            while (_cursor < Rows) await ConnectAndReadAsync(int.MaxValue);
        }

        private async Task ConnectAndReadAsync(int frames)
        {
            Connections++;
            await using var client = await host.ConnectAsync(token);
            await client.SubscribeAsync(target, _cursor, mode: mode);
            for (var i = 0; i < frames && _cursor < Rows; i++)
            {
                if (_random.Next(40) == 0) await client.SendAsync("ping");
                if (_random.Next(60) == 0) await client.SubscribeAsync(target, _cursor, mode: mode);
                if (await client.NextAsync() is { } frame) Take(frame);
                else if ((int?)client.Socket.CloseStatus == (int)HubCloseCode.SlowReader) return;
                else throw new WebSocketException($"closed with {client.Socket.CloseStatus}");
            }
        }

        private void Take(System.Text.Json.JsonElement frame)
        {
            switch (frame.GetProperty("type").GetString())
            {
                case "subscribed":
                    Assert.True(frame.GetProperty("data").GetProperty("recovered").GetBoolean());
                    _latest = frame.GetProperty("data").GetProperty("seq").GetInt64();
                    _sinceSubscribed.Clear();
                    break;
                case "test:event":
                    TakeEvent(HubClient.Key(frame));
                    break;
                case "heartbeat" or "pong":
                    if (frame.GetProperty("data").GetProperty("positions").TryGetProperty(target, out var position))
                        _cursor = Math.Max(_cursor, position.GetInt64());
                    break;
                case var other:
                    Assert.Fail($"unexpected {other}: {frame}");
                    break;
            }
        }

        private void TakeEvent((string Channel, long Seq, int Part) key)
        {
            Assert.True(_sinceSubscribed.Add(key), $"{key} came twice on one subscription");
            Assert.True(key.Seq >= _latest, $"{key} came after {_latest}");
            _latest = key.Seq;
            if (key.Seq > _cursor && _seen.Add(key)) Received.Add(key);
            // The row may have more events to come, so only the rows before it are surely complete.
            _cursor = Math.Max(_cursor, key.Seq - 1);
        }
    }
}
