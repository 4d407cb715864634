namespace ChainSync.Realtime.Client.Tests;

/// <summary>Silence, tokens that end, and hints.</summary>
public sealed class StayingConnectedTests
{
    [Fact]
    public async Task A_line_gone_quiet_is_asked_for_a_sign_of_life_and_dropped_without_one()
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await session.UntilAsync(RealtimeStatus.Open);
        session.Clock.Advance(TimeSpan.FromSeconds(35));
        await line.ExpectAsync("ping");
        var record = new Record();
        session.Client.Subscribe("orders:s", record.Listen);
        await line.ExpectAsync("subscribe");
        await line.SayAsync("pong", """{"positions":{}}""");
        await line.SubscribedAsync("orders:s", 1);
        await record.ExpectAsync("→1"); // so the pong was read
        session.Clock.Advance(TimeSpan.FromSeconds(35));
        await line.ExpectAsync("ping");

        session.Clock.Advance(TimeSpan.FromSeconds(5));

        await session.UntilAsync(RealtimeStatus.Waiting);
        Assert.Null(await line.GoneAsync());
    }

    [Fact]
    public async Task A_fresh_token_is_sent_before_the_old_one_ends_again_and_again()
    {
        var asked = 0;
        await using var session = new Session(token: _ => ++asked == 2 ? throw new IOException("offline") : new($"t{asked}"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync(30_000);
        await session.Clock.WhenArmedAsync(2); // the watchdog and the renewal
        session.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<IOException>(await session.Faults.Reader.NextAsync());
        await session.Clock.WhenArmedAsync(2);
        session.Clock.Advance(TimeSpan.FromSeconds(5));
        await line.ExpectAsync("auth", """{"token":"t3"}""");

        await line.SayAsync("authenticated", """{"user":{"id":"u"},"expiresInMs":30000}""");
        await session.Clock.WhenArmedAsync(2);
        session.Clock.Advance(TimeSpan.FromSeconds(10));

        await line.ExpectAsync("auth", """{"token":"t4"}""");
        Assert.Equal(RealtimeStatus.Open, session.Client.State.Status);
    }

    [Fact]
    public async Task Losing_the_sign_in_ends_the_connection_when_the_token_is_due()
    {
        var asked = 0;
        await using var session = new Session(token: _ => new(++asked == 1 ? "t1" : null));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync(30_000);
        await session.UntilAsync(RealtimeStatus.Open);
        await session.Clock.WhenArmedAsync(2);

        session.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RealtimeEnd.SignedOut, (await session.UntilAsync(RealtimeStatus.Closed)).End);
    }

    [Fact]
    public async Task A_hint_makes_a_waiting_client_connect_and_an_open_one_check_its_line()
    {
        await using var session = new Session();
        session.Client.Start();
        await session.Hub.TurnAwayAsync();
        await session.UntilAsync(RealtimeStatus.Waiting);

        session.Client.Wake();
        using var line = await session.Hub.SignInAsync();
        await session.UntilAsync(RealtimeStatus.Open);
        session.Client.Wake();

        await line.ExpectAsync("ping");
    }

    [Fact]
    public async Task Being_told_of_too_many_frames_starts_over()
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();

        await line.SayAsync("error", """{"code":"hub.rate-limited","message":"Too many frames; this one was ignored."}""");

        await session.UntilAsync(RealtimeStatus.Waiting);
    }
}
