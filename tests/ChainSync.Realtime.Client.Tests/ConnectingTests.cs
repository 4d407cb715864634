using System.Net;
using System.Net.Sockets;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>Opening, failing, waiting, giving up.</summary>
public sealed class ConnectingTests
{
    [Fact]
    public async Task Signs_in_then_asks_in_one_frame_for_all_that_was_wanted_meanwhile()
    {
        await using var session = new Session();
        session.Client.Subscribe("orders:s", new Record().Listen);
        session.Client.Subscribe("products:s", new Record().Listen, new(7, "e"), RealtimeMode.Latest);

        var connecting = session.Client.ConnectAsync(TestContext.Current.CancellationToken);
        using var line = await session.Hub.SignInAsync(token: "t1");
        await connecting;

        await line.ExpectAsync("subscribe", """{"channels":[{"channel":"orders:s"},{"channel":"products:s","since":7,"epoch":"e","mode":"latest"}]}""");
        Assert.Equal(RealtimeStatus.Open, session.Client.State.Status);
    }

    [Fact]
    public async Task Backs_off_with_full_jitter_and_gives_up_after_the_tries_it_was_given()
    {
        await using var session = new Session(maxTries: 3);
        session.Client.Start();
        foreach (var bound in new[] { 500, 1_000, 2_000 })
        {
            await session.Hub.TurnAwayAsync();
            Assert.Equal(bound / 2, (await session.PassWaitAsync()).RetryIn.TotalMilliseconds);
        }

        await session.Hub.TurnAwayAsync();

        Assert.Equal(RealtimeEnd.GaveUp, (await session.UntilAsync(RealtimeStatus.Closed)).End);
    }

    [Fact]
    public async Task Bounds_an_endless_back_off_and_starts_over_once_it_was_connected()
    {
        await using var session = new Session(maxTries: null);
        session.Client.Start();
        var longest = TimeSpan.Zero;
        for (var i = 0; i < 40; i++)
        {
            await session.Hub.TurnAwayAsync();
            longest = (await session.PassWaitAsync()).RetryIn;
        }
        Assert.Equal(15, longest.TotalSeconds);

        (await session.Hub.SignInAsync()).Cut();

        Assert.Equal(250, (await session.PassWaitAsync()).RetryIn.TotalMilliseconds);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(1011)]
    [InlineData(1013)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4003)]
    [InlineData(4499)]
    public async Task Reconnects_after(int code)
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();

        await line.CloseAsync(code);

        Assert.Equal(code, (await session.PassWaitAsync()).CloseCode);
        using var again = await session.Hub.SignInAsync();
    }

    [Theory]
    [InlineData(1002)]
    [InlineData(1007)]
    [InlineData(1008)]
    [InlineData(1009)]
    [InlineData(4500)]
    [InlineData(4503)]
    [InlineData(4999)]
    public async Task Stays_closed_after(int code)
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();

        await line.CloseAsync(code);

        var closed = await session.UntilAsync(RealtimeStatus.Closed);
        Assert.Equal((RealtimeEnd.Refused, code), (closed.End, closed.CloseCode));
        var refusal = await Assert.ThrowsAsync<RealtimeException>(async () =>
        {
            var connecting = session.Client.ConnectAsync();
            using var next = await session.Hub.AcceptAsync();
            await next.CloseAsync(code);
            await connecting;
        });
        Assert.Equal("closed.refused", refusal.Code);
    }

    [Fact]
    public async Task Waits_as_long_as_a_draining_server_asks()
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();

        await line.SayAsync("reconnect", """{"afterMs":3210}""");
        await line.CloseAsync(4000);

        Assert.Equal(3210, (await session.PassWaitAsync()).RetryIn.TotalMilliseconds);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task Waits_as_long_as_a_full_server_asks(string status)
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.AcceptSilentlyAsync();

        await line.SendRawAsync($"HTTP/1.1 {status}\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(7, (await session.PassWaitAsync()).RetryIn.TotalSeconds);
    }

    [Fact]
    public async Task Ends_when_nobody_is_signed_in_and_tries_again_when_the_token_cannot_be_had_now()
    {
        var asked = 0;
        await using var session = new Session(token: _ => ++asked == 1 ? throw new IOException("offline") : new((string?)null));
        session.Client.Start();
        Assert.Equal(1, (await session.PassWaitAsync()).Tries);

        Assert.Equal(RealtimeEnd.SignedOut, (await session.UntilAsync(RealtimeStatus.Closed)).End);
        Assert.IsType<IOException>((await session.Faults.Reader.NextAsync()).InnerException);
    }

    [Fact]
    public async Task Asks_for_a_token_anew_when_the_hub_refused_one_as_expired()
    {
        var asked = 0;
        await using var session = new Session(token: _ => new($"t{++asked}"));
        session.Client.Start();
        using var line = await session.Hub.AcceptAsync();
        await line.ExpectAsync("auth", """{"token":"t1"}""");
        await line.SayAsync("error", """{"code":"auth.expired","message":"The token was refused."}""");
        await line.CloseAsync(4003);
        await session.PassWaitAsync();

        using var again = await session.Hub.SignInAsync(token: "t2");

        await session.UntilAsync(RealtimeStatus.Open);
    }

    [Fact]
    public async Task Gives_up_on_a_socket_that_never_opens()
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.AcceptSilentlyAsync();

        session.Clock.Advance(TimeSpan.FromSeconds(15));

        await session.UntilAsync(RealtimeStatus.Waiting);
    }

    [Fact]
    public async Task Closes_politely_and_goes_on_from_the_same_place_when_started_again()
    {
        await using var session = new Session();
        var record = new Record();
        var subscription = session.Client.Subscribe("orders:s", record.Listen, new(4, "e"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync("orders:s", 4, recovered: true);
        await line.BeatAsync("orders:s", 9);
        await record.ExpectAsync("→9");

        session.Client.Close();
        Assert.Equal(1000, await line.GoneAsync());
        await line.AnswerCloseAsync();
        Assert.Equal(RealtimeEnd.Asked, (await session.UntilAsync(RealtimeStatus.Closed)).End);
        Assert.Equal(new RealtimePosition(9, "e"), subscription.Position);

        session.Client.Start();
        using var again = await session.Hub.SignInAsync();
        await again.ExpectAsync("subscribe", """{"channel":"orders:s","since":9,"epoch":"e"}""");
    }

    [Fact]
    public async Task A_frame_over_the_limit_ends_it_for_good()
    {
        await using var session = new Session(o => new()
        {
            Address = o.Address, Token = o.Token, Clock = o.Clock, Jitter = o.Jitter, MaxFrameBytes = 100_000,
        });
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();

        await line.SayAsync("x", $"\"{new string('x', 200_000)}\"");

        Assert.Equal(1009, (await session.UntilAsync(RealtimeStatus.Closed)).CloseCode);
    }

    [Fact]
    public async Task A_herd_that_lost_its_server_comes_back_spread_over_the_whole_delay()
    {
        const int herd = 200;
        // Bound and not listening: refused at once, and nobody else can get the port meanwhile.
        using var port = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"ws://{port.LocalEndPoint}/ws");
        var delays = new List<double>();
        for (var i = 0; i < herd; i++)
        {
            await using var session = new Session(o => new() { Address = address, Token = o.Token, Clock = o.Clock });
            session.Client.Start();
            delays.Add((await session.UntilAsync(RealtimeStatus.Waiting)).RetryIn.TotalMilliseconds);
        }

        // Of 200 even draws a tenth of the time gets more than 50 less often than once in 10^9 runs.
        Assert.All(delays, d => Assert.InRange(d, 0, 500));
        Assert.All(delays.CountBy(d => (int)(d / 50)), tenth => Assert.InRange(tenth.Value, 1, 50));
    }
}
