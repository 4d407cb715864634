using System.Security.Cryptography;
using ChainSync.Realtime.Tests.Presence;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSync.Realtime.Tests.Fleeting;

/// <summary>
/// Customers come, talk and are cut at random moments while the log is written and time passes. A follower must end up with the whole
/// log and with nobody present, whatever the interleaving; and the hub with nothing in its hands.
/// </summary>
public sealed class FleetingRaceTests(ITestOutputHelper output)
{
    private const int Rows = 600;
    private const int Visits = 25;

    public static TheoryData<int> Seeds => [1, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Followers_have_the_log_and_the_truth_about_who_is_there_and_the_hub_keeps_nothing(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var host = await HubHost.StartAsync(
            o =>
            {
                (o.MaxFramesPerMinute, o.MaxPublishesPerMinute, o.MaxConnectionsPerAddress) = (int.MaxValue, int.MaxValue, int.MaxValue);
                o.AuthTimeout = o.PingInterval = o.WriteDeadline = TimeSpan.FromDays(365);
                (o.PresenceDelay, o.PresenceBurst) = (TimeSpan.FromSeconds(1), 3);
            },
            services: s => s.AddSingleton<IHubPublishing, TestPublishing>().AddSingleton<IHubPresence, TestPresence>());
        await using var follower = await host.ConnectAsync("bob/staff/999999999");
        await follower.SubscribeAsync("inventory:s1");
        await follower.ExpectAsync("subscribed");

        var customers = Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => VisitAsync(host, $"user{i % 4}", new(seed + i)))));
        var writing = Task.Run(() => WriteAsync(host, customers, new(seed)));
        var known = new HashSet<string>();
        var (rows, words) = (0L, 0);
        var settled = Task.Run(async () =>
        {
            await customers;
            await writing;
            await Eventually.IsAsync(() => host.Hub.Statistics().Connections == 1);
            for (var i = 0; i < 12; i++) host.Clock.Advance(TimeSpan.FromMilliseconds(250));
            host.Publish("s1", "inventory:s1", "the end");
        });
        while (rows <= Rows && await follower.NextAsync() is { } frame)
        {
            if (frame.TryGetProperty("seq", out var seq)) Assert.Equal(++rows, seq.GetInt64());
            else if (frame.GetProperty("type").GetString() == "test:says") words++;
            else PresenceRoomTests.Follow(known, frame);
        }
        await settled;

        Assert.Equal(Rows + 1, rows);
        Assert.InRange(words, 1, int.MaxValue);
        Assert.True(known.Count == 0, $"seed {seed}: still there: {string.Join(' ', known)}");
        Assert.Equal(0, host.Hub.Present("s1").Online);
        Assert.Equal(0, host.Hub.Feed("s1").Fleeting.Count);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Empty(host.Hub.Users.Of($"user{i}")));
    }

    private static async Task VisitAsync(HubHost host, string user, Random random)
    {
        for (var visit = 0; visit < Visits; visit++)
        {
            await using var client = await host.ConnectAsync($"{user}/customer/999999999");
            await client.SubscribeAsync(random.Next(2) == 0 ? "orders:s1" : "store:s1");
            for (var said = random.Next(5); said > 0; said--)
                await client.SendAsync("publish", $$"""{"channel":"inventory:s1","event":"test:says","data":{"words":"{{visit}}"} }""");
            if (random.Next(3) == 0) await client.SendAsync("unsubscribe", """{"channel":"orders:s1"}""");
            // Sometimes everything has been handled when the line is cut, sometimes nothing.
            if (random.Next(2) == 0) continue;
            await client.SendAsync("ping");
            while (await client.NextAsync() is { } frame && frame.GetProperty("type").GetString() != "pong")
            {
            }
        }
    }

    private static async Task WriteAsync(HubHost host, Task customers, Random random)
    {
        for (var row = 0; row < Rows || !customers.IsCompleted; row++)
        {
            if (row < Rows) host.Publish("s1", "inventory:s1");
            if (random.Next(4) == 0) host.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            await Task.Yield();
        }
    }
}
