using System.Text;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>A program that takes its time costs neither memory nor events.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task While_a_listener_is_busy_nothing_more_is_read()
    {
        await using var session = new Session();
        var (busy, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var seen = new List<long>();
        var record = new Record();
        var subscription = session.Client.Subscribe("orders:s", s =>
        {
            s.OnMessage(async (message, closing) =>
            {
                if (message is not RealtimeEvent e) return;
                seen.Add(e.Seq);
                busy.TrySetResult();
                await go.Task.WaitAsync(closing);
            });
            record.Listen(s);
        }, new(0, "e"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync("orders:s", 0, recovered: true);
        for (var seq = 1; seq <= 3; seq++) await line.EventAsync(seq);
        await busy.Task.WaitAsync(Soon.Patience);

        // However long it takes, the hub is not to blame for the silence; and nothing counts as had.
        for (var i = 0; i < 5; i++) session.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([1L], seen);
        Assert.Equal(new RealtimePosition(0, "e"), subscription.Position);
        go.SetResult();

        await record.ExpectAsync("1.0", "2.0", "3.0");
        Assert.Equal(RealtimeStatus.Open, session.Client.State.Status);
    }

    [Fact]
    public async Task Closing_interrupts_a_busy_listener_and_the_event_comes_again()
    {
        await using var session = new Session();
        var busy = new TaskCompletionSource();
        var subscription = session.Client.Subscribe("orders:s", s => s.OnMessage(async (message, closing) =>
        {
            if (message is not RealtimeEvent { Seq: 2 }) return;
            busy.TrySetResult();
            await Task.Delay(Timeout.Infinite, closing);
        }), new(0, "e"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync("orders:s", 0, recovered: true);
        for (var seq = 1; seq <= 3; seq++) await line.EventAsync(seq);
        await busy.Task.WaitAsync(Soon.Patience);

        session.Client.Close();
        await line.GoneAsync();
        await line.AnswerCloseAsync();
        await session.UntilAsync(RealtimeStatus.Closed);

        Assert.Equal(new RealtimePosition(0, "e"), subscription.Position); // 2 was not had, and of 1 more parts might come
    }

    [Fact]
    public async Task A_listener_may_close_the_client()
    {
        await using var session = new Session();
        session.Client.Subscribe("orders:s", s => s.OnMessage((_, _) =>
        {
            session.Client.Close();
            return ValueTask.CompletedTask;
        }));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync("orders:s", 0);

        Assert.Equal(1000, await line.GoneAsync());
    }

    [Fact]
    public async Task One_who_stops_pulling_is_closed_by_the_hub_and_then_gets_everything()
    {
        const int events = 20_000; // 20 MB: far more than sockets hold
        await using var host = await HubHost.StartAsync();
        await using var session = new Session(maxTries: null, address: host.Address, token: _ => new("ann"));
        session.Client.Start();
        await using var messages = session.Client.ReadAllAsync("orders:s1", new(0, "e1"), capacity: 4, cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator();
        var next = messages.MoveNextAsync();
        for (var i = 0; i < events; i++) host.Publish("orders:s1", padding: 1_000);
        Assert.True(await next);

        // The reader takes nothing; once the hub's patience is over it is a slow reader.
        while (host.Closes("SlowReader") == 0)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        var seqs = new List<long>();
        var retrying = RetryAsync(session);
        do
        {
            if (messages.Current is RealtimeEvent e) seqs.Add(e.Seq);
        }
        while (seqs.Count < events && await messages.MoveNextAsync());

        Assert.Equal(Enumerable.Range(1, events).Select(i => (long)i), seqs);
        Assert.True((await retrying).Tries > 0);
    }

    [Fact]
    public async Task Pulling_ends_with_the_client_and_throws_what_the_hub_refused()
    {
        await using var session = new Session();
        session.Client.Start();
        var refused = Assert.ThrowsAsync<RealtimeException>(async () =>
        {
            await foreach (var _ in session.Client.ReadAllAsync("payments:s")) Assert.Fail("nothing was sent");
        });
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SayAsync("error", """{"code":"common.not-found","message":"No.","channel":"payments:s"}""");
        Assert.Equal("common.not-found", (await refused).Code);

        var read = new StringBuilder();
        var both = new TaskCompletionSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var message in session.Client.ReadAllAsync("orders:s"))
            {
                if (read.Append(Record.TextOf(message)).Length == 5) both.SetResult();
            }
        }, TestContext.Current.CancellationToken);
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync("orders:s", 3);
        await line.EventAsync(4);
        await both.Task.WaitAsync(Soon.Patience, TestContext.Current.CancellationToken);
        session.Client.Close();
        await line.GoneAsync();
        await line.AnswerCloseAsync();

        await reading.WaitAsync(Soon.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("→34.0", read.ToString());
    }

    private static async Task<RealtimeState> RetryAsync(Session session) => await session.PassWaitAsync();
}
