namespace ChainSync.Realtime.Client.Tests;

/// <summary>Each event once and in order; what the hub refuses, withdraws or cannot replay.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Events_come_once_and_in_order_over_a_cut_in_the_middle_of_a_row_and_of_a_frame()
    {
        await using var session = new Session();
        var record = new Record();
        var subscription = session.Client.Subscribe("store:s", record.Listen, new(1, "e"));
        session.Client.Start();
        using (var first = await LiveAsync(session, "store:s", 1))
        {
            await first.EventAsync(2);
            await first.EventAsync(3);
            await first.EventAsync(3, 1, "inventory:s");
            await record.ExpectAsync("2.0", "3.0", "3.1");
            Assert.Equal(new RealtimePosition(2, "e"), subscription.Position);
            var frame = FakeLine.Event(3, 2, "inventory:s");
            await first.SendRawAsync(new byte[] { 0x81, 126, (byte)(frame.Length >> 8), (byte)frame.Length });
            await first.SendRawAsync(frame[..40]);
            first.Cut();
        }
        await session.PassWaitAsync();

        using var second = await session.Hub.SignInAsync();
        await second.ExpectAsync("subscribe", """{"channel":"store:s","since":2,"epoch":"e"}""");
        await second.SubscribedAsync("store:s", 2, recovered: true);
        foreach (var (seq, part, channel) in new[] { (3, 0, "orders:s"), (3, 1, "inventory:s"), (3, 2, "inventory:s"), (5, 0, "orders:s") }) await second.EventAsync(seq, part, channel);
        await second.BeatAsync("store:s", 8);

        await record.ExpectAsync("3.2", "5.0", "→8");
        Assert.Equal(new RealtimePosition(8, "e"), subscription.Position);
    }

    [Fact]
    public async Task Listeners_of_one_channel_have_each_their_own_place()
    {
        await using var session = new Session();
        var (early, late) = (new Record(), new Record());
        session.Client.Subscribe("orders:s", early.Listen, new(10, "e"));
        session.Client.Start();
        using var line = await LiveAsync(session, "orders:s", 10);
        await line.EventAsync(11);
        await early.ExpectAsync("11.0");

        session.Client.Subscribe("orders:s", late.Listen, new(5, "e"));
        await line.ExpectAsync("subscribe", """{"channel":"orders:s","since":5,"epoch":"e"}""");
        await line.EventAsync(12);
        await line.BeatAsync("orders:s", 12);
        await line.SubscribedAsync("orders:s", 5, recovered: true);
        foreach (var seq in new[] { 6, 11, 12, 13 }) await line.EventAsync(seq);

        await early.ExpectAsync("12.0", "13.0");
        await late.ExpectAsync("6.0", "11.0", "12.0", "13.0");
    }

    [Fact]
    public async Task Hundreds_of_channels_followed_one_by_one_stay_within_the_hubs_rate_of_frames()
    {
        await using var session = new Session();
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await session.UntilAsync(RealtimeStatus.Open);

        // Each is sent before the next is wanted, so nothing gathers until the client makes it.
        for (var i = 0; i < 30; i++)
        {
            session.Client.Subscribe($"orders:{i}", new Record().Listen);
            await line.ExpectAsync("subscribe", $$"""{"channel":"orders:{{i}}"}""");
        }
        for (var i = 30; i < 300; i++) session.Client.Subscribe($"orders:{i}", new Record().Listen);
        await line.ExpectNothingBeforePingAsync(session.Client);
        session.Clock.Advance(TimeSpan.FromSeconds(1));

        var rest = await line.ExpectAsync("subscribe");
        Assert.Equal(Enumerable.Range(30, 270).Select(i => $"orders:{i}"), rest.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("channel").GetString()));
        session.Client.Subscribe("orders:300", new Record().Listen);
        await line.ExpectNothingBeforePingAsync(session.Client);
    }

    [Fact]
    public async Task Joining_a_live_channel_from_now_or_later_needs_no_frame()
    {
        await using var session = new Session();
        var (now, later) = (new Record(), new Record());
        var first = new Record();
        session.Client.Subscribe("orders:s", first.Listen);
        session.Client.Start();
        using var line = await LiveAsync(session, "orders:s", 3, recovered: false);
        await first.ExpectAsync("→3");
        session.Client.Subscribe("orders:s", now.Listen);
        session.Client.Subscribe("orders:s", later.Listen, new(4, "e"));

        await line.EventAsync(4);
        await line.EventAsync(5);

        await now.ExpectAsync("4.0", "5.0");
        await later.ExpectAsync("5.0");
        await line.ExpectNothingBeforePingAsync(session.Client);
    }

    [Fact]
    public async Task Wanting_all_where_the_latest_would_do_follows_anew()
    {
        await using var session = new Session();
        var (latest, all) = (new Record(), new Record());
        session.Client.Subscribe("inventory:s", latest.Listen, mode: RealtimeMode.Latest);
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe", """{"channel":"inventory:s","mode":"latest"}""");
        await line.SubscribedAsync("inventory:s", 3);
        await latest.ExpectAsync("→3");

        session.Client.Subscribe("inventory:s", all.Listen);

        await line.ExpectAsync("subscribe", """{"channel":"inventory:s","since":3,"epoch":"e"}""");
    }

    [Fact]
    public async Task Only_one_frame_about_a_channel_is_unanswered_so_that_an_answer_means_it()
    {
        await using var session = new Session();
        var (former, next) = (new Record(), new Record());
        var subscription = session.Client.Subscribe("orders:s", former.Listen);
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        subscription.Dispose();
        var again = session.Client.Subscribe("orders:s", next.Listen, new(7, "e"));
        await line.ExpectNothingBeforePingAsync(session.Client);

        await line.SubscribedAsync("orders:s", 9);
        await line.ExpectAsync("subscribe", """{"channel":"orders:s","since":7,"epoch":"e"}""");
        await line.EventAsync(10);
        await line.SubscribedAsync("orders:s", 7, recovered: true);
        await line.EventAsync(8);
        await next.ExpectAsync("8.0");
        again.Dispose();
        await line.ExpectAsync("unsubscribe", """{"channel":"orders:s"}""");
        session.Client.Subscribe("orders:s", former.Listen);
        await line.ExpectNothingBeforePingAsync(session.Client);
        await line.SayAsync("unsubscribed", """{"channel":"orders:s"}""");
        await line.ExpectAsync("subscribe", """{"channel":"orders:s"}""");
        former.ExpectNothing();
    }

    [Fact]
    public async Task After_a_resync_events_go_on_from_the_new_place()
    {
        await using var session = new Session();
        var record = new Record();
        var subscription = session.Client.Subscribe("orders:s", record.Listen, new(500, "old"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");

        await line.SayAsync("resync", """{"channel":"orders:s","seq":20,"epoch":"new"}""");
        await line.SubscribedAsync("orders:s", 20, epoch: "new");
        await line.EventAsync(21);

        await record.ExpectAsync("!20", "21.0");
        Assert.Equal(new RealtimePosition(20, "new"), subscription.Position);
        await line.SayAsync("resync", """{"channel":"orders:s","seq":3,"epoch":"newer"}""");
        await line.EventAsync(4);
        await record.ExpectAsync("!3", "4.0");
    }

    [Theory]
    [InlineData("other", 100)] // another life of the log
    [InlineData("e", 100)] // a hub that went on from a later place than it was asked for
    public async Task A_gap_that_the_hub_did_not_speak_of_is_a_resync_all_the_same(string epoch, long seq)
    {
        await using var session = new Session();
        var record = new Record();
        session.Client.Subscribe("orders:s", record.Listen, new(50, "e"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");

        await line.SubscribedAsync("orders:s", seq, epoch: epoch);

        await record.ExpectAsync($"!{seq}");
    }

    [Fact]
    public async Task A_resync_that_was_interrupted_by_closing_comes_again()
    {
        await using var session = new Session();
        var record = new Record();
        var reloading = new TaskCompletionSource();
        var subscription = session.Client.Subscribe("orders:s", s => s.OnResync(async (_, closing) =>
        {
            reloading.TrySetResult();
            await Task.Delay(Timeout.Infinite, closing);
        }), new(500, "old"));
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SayAsync("resync", """{"channel":"orders:s","seq":20,"epoch":"new"}""");
        await reloading.Task.WaitAsync(Soon.Patience);

        session.Client.Close();
        await line.GoneAsync();
        await line.AnswerCloseAsync();
        await session.UntilAsync(RealtimeStatus.Closed);
        session.Client.Start();
        using var again = await session.Hub.SignInAsync();

        await again.ExpectAsync("subscribe", """{"channel":"orders:s","since":0,"epoch":""}""");
    }

    [Fact]
    public async Task Typed_listeners_get_what_is_of_their_shape_until_they_stop()
    {
        await using var session = new Session();
        var record = new Record();
        var totals = new List<long>();
        IDisposable? stop = null;
        session.Client.Subscribe("orders:s", s =>
        {
            stop = s.On<Sale>("sale:created", sale => totals.Add(sale.TotalMinor));
            record.Listen(s);
        });
        session.Client.Start();
        using var line = await LiveAsync(session, "orders:s", 0, recovered: false);

        await line.EventAsync(1, data: """{"totalMinor":250,"unknown":[1]}""");
        await line.EventAsync(2, data: """{"totalMinor":"much"}""");
        await line.EventAsync(3, type: "sale:updated", data: """{"totalMinor":1}""");
        await record.ExpectAsync("→0", "1.0", "2.0", "3.0");
        stop!.Dispose();
        await line.EventAsync(4, data: """{"totalMinor":7}""");
        await record.ExpectAsync("4.0");

        Assert.Equal([250], totals);
        Assert.IsType<System.Text.Json.JsonException>(await session.Faults.Reader.NextAsync());
    }

    [Fact]
    public async Task Fleeting_events_pass_without_a_place()
    {
        await using var session = new Session();
        var got = System.Threading.Channels.Channel.CreateUnbounded<RealtimeEvent>();
        var subscription = session.Client.Subscribe("store:s", s => s.OnMessage((m, closing) => m is RealtimeEvent e ? got.Writer.WriteAsync(e, closing) : ValueTask.CompletedTask), new(5, "e"));
        session.Client.Start();
        using var line = await LiveAsync(session, "store:s", 5);

        for (var i = 0; i < 2; i++)
            await line.SayAsync("""{"type":"customer:viewing_product","channel":"customers:s","at":"2026-03-02T08:15:30Z","expiresInMs":30000,"data":{"productId":"p"}}""");

        for (var i = 0; i < 2; i++)
        {
            var e = await got.Reader.NextAsync();
            Assert.Equal((true, null, TimeSpan.FromSeconds(30)), (e.IsFleeting, e.Position, e.ExpiresIn));
            Assert.Equal("p", e.ReadData(TestJson.Default.Viewing)!.ProductId);
        }
        Assert.Equal(new RealtimePosition(5, "e"), subscription.Position);
    }

    [Fact]
    public async Task What_the_hub_refuses_or_withdraws_ends_and_is_not_asked_for_again()
    {
        await using var session = new Session();
        var (refused, withdrawn) = (new Record(), new Record());
        session.Client.Subscribe("payments:s", refused.Listen);
        session.Client.Subscribe("orders:s", withdrawn.Listen);
        session.Client.Start();
        using var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SayAsync("error", """{"code":"common.not-found","message":"No.","channel":"payments:s"}""");
        await line.SubscribedAsync("orders:s", 0);
        await line.SayAsync("unsubscribed", """{"channel":"orders:s","code":"common.forbidden"}""");
        await refused.ExpectAsync("×common.not-found");
        await withdrawn.ExpectAsync("→0", "×common.forbidden");
        line.Cut();
        await session.PassWaitAsync();

        using var again = await session.Hub.SignInAsync();
        await session.UntilAsync(RealtimeStatus.Open);
        await again.ExpectNothingBeforePingAsync(session.Client);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"sale:created","channel":"orders:s","seq":"one"}""")]
    [InlineData("""{"type":"subscribed","data":{"channel":1}}""")]
    [InlineData("""{"type":"subscribed","data":{"channel":"orders:s"}}""")]
    [InlineData("""{"type":"heartbeat","data":{"positions":[1]}}""")]
    [InlineData("""{"type":"authenticated"}""")]
    public async Task Frames_that_make_no_sense_are_reported_and_skipped(string text)
    {
        await using var session = new Session();
        var record = new Record();
        session.Client.Subscribe("orders:s", record.Listen);
        session.Client.Start();
        using var line = await LiveAsync(session, "orders:s", 0, recovered: false);

        await line.SayAsync(text);
        await line.EventAsync(1);

        await record.ExpectAsync("→0", "1.0");
        Assert.True(session.Faults.Reader.TryRead(out _));
        Assert.False(session.Faults.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Publishing_sends_or_says_that_it_cannot_and_a_refusal_ends_no_subscription()
    {
        await using var session = new Session();
        var record = new Record();
        Assert.False(await session.Client.PublishAsync("customers:s", "customer:viewing_product", new Viewing("p"), cancellationToken: TestContext.Current.CancellationToken));
        session.Client.Subscribe("customers:s", record.Listen);
        session.Client.Start();
        using var line = await LiveAsync(session, "customers:s", 0, recovered: false);

        Assert.True(await session.Client.PublishAsync("customers:s", "customer:viewing_product", new Viewing("p"), cancellationToken: TestContext.Current.CancellationToken));
        await line.ExpectAsync("publish", """{"channel":"customers:s","event":"customer:viewing_product","data":{"productId":"p"}}""");
        string[] codes = ["hub.not-publishable", "hub.invalid", "hub.rate-limited", "hub.not-subscribed"];
        foreach (var code in codes)
            await line.SayAsync("error", $$"""{"code":"{{code}}","message":"No.","channel":"customers:s","event":"customer:viewing_product"}""");
        await line.EventAsync(1, channel: "customers:s");

        await record.ExpectAsync("→0", "1.0");
        foreach (var code in codes) Assert.Equal(code, Assert.IsType<RealtimeException>(await session.Faults.Reader.NextAsync()).Code);
    }

    /// <summary>Connects, and answers the subscribe frame.</summary>
    private static async Task<FakeLine> LiveAsync(Session session, string channel, long seq, bool recovered = true)
    {
        var line = await session.Hub.SignInAsync();
        await line.ExpectAsync("subscribe");
        await line.SubscribedAsync(channel, seq, recovered);
        return line;
    }
}
