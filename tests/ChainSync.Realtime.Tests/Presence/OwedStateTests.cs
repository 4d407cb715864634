using System.IO.Pipelines;
using ChainSync.Realtime.Connections;
using ChainSync.Realtime.Tests.Fleeting;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSync.Realtime.Tests.Presence;

public sealed class OwedStateTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task A_follower_that_had_no_room_for_a_change_is_told_the_state_when_it_has()
    {
        await using var host = await HubHost.StartAsync(
            o => (o.SendBudgetBytes, o.RingBytes) = (64 << 10, 16 << 10), services: s => s.AddSingleton<IHubPresence, TestPresence>());
        await using var line = new StallingLine("""{"type":"subscribe","data":{"channel":"inventory:s1"}}""");
        var connection = new HubConnection(host.Hub, "stalling", PipeReader.Create(line), PipeWriter.Create(line), compressed: false, line.Cut);
        host.Hub.Remember(connection);
        var running = connection.RunAsync(new HubUser("bob", "staff", DateTimeOffset.MaxValue));
        await Eventually.IsAsync(() => Types(line).LastOrDefault() == "test:there");

        line.Stall();
        foreach (var length in (int[])[1_000, 0]) // until not even the smallest finds room
        {
            for (var i = 0; i < 1_000; i++) host.Hub.Send("s1", TestPublishing.Says("inventory:s1", "eve", new string('x', length)));
        }
        await using var customer = await host.ConnectAsync("a customer with quite a long name/customer");
        await customer.SubscribeAsync("orders:s1");
        await customer.ExpectAsync("subscribed");
        host.Clock.Advance(Sweep);
        Assert.Equal(1, host.Hub.Present("s1").Online);
        line.GoOn();
        await Eventually.IsAsync(() => connection.QueuedBytes == 0);
        Assert.DoesNotContain("test:came", Types(line));
        host.Clock.Advance(Sweep);
        await Eventually.IsAsync(() => Types(line)[^1] == "test:there");
        host.Clock.Advance(Sweep);

        Assert.Equal(2, Types(line).Count(t => t == "test:there"));
        Assert.Equal(1, line.Frames[^1].GetProperty("data").GetProperty("online").GetInt32());
        Assert.Empty(host.Hub.Statistics().Closes);
        connection.Abort();
        await running;
    }

    private static List<string?> Types(StallingLine line) => [.. line.Frames.Select(f => f.GetProperty("type").GetString())];
}
