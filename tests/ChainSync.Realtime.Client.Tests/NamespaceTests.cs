namespace ChainSync.Realtime.Client.Tests;

/// <summary>A namespace followed in every store, over the loss of a line.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public async Task A_namespace_is_followed_in_every_store_and_each_goes_on_from_its_place()
    {
        await using var session = new Session();
        var record = new Record();
        var subscription = session.Client.SubscribeNamespace("orders", record.Listen);
        session.Client.Start();
        using (var line = await session.Hub.SignInAsync())
        {
            await line.ExpectAsync("subscribe", """{"namespace":"orders"}""");
            await line.ExpectAsync("ping");
            await line.SubscribedAsync("orders:s", 4);
            await line.SubscribedAsync("orders:t", 7);
            await line.SayAsync("pong", """{"positions":{"orders:s":4,"orders:t":7}}""");
            await line.EventAsync(8, channel: "orders:t");
            await record.ExpectAsync("→4", "→7", "8.0");
            line.Cut();
        }
        await session.PassWaitAsync();

        using var again = await session.Hub.SignInAsync();
        await again.ExpectAsync("subscribe", """{"namespace":"orders"}""");
        await again.ExpectAsync("ping");
        await again.SubscribedAsync("orders:new", 1);
        await again.SubscribedAsync("orders:s", 4);
        await again.SubscribedAsync("orders:t", 20);
        await again.ExpectAsync("subscribe", """{"channel":"orders:t","since":7,"epoch":"e"}""");
        await again.SubscribedAsync("orders:t", 7, recovered: true);
        foreach (var seq in new[] { 8, 9 }) await again.EventAsync(seq, channel: "orders:t");

        await record.ExpectAsync("→1", "9.0");
        Assert.Equal(["orders:new", "orders:s", "orders:t"], subscription.Positions.Keys.Order());
    }

    [Fact]
    public async Task A_channel_of_a_namespace_that_is_no_longer_the_users_ends()
    {
        await using var session = new Session();
        var record = new Record();
        using var again = await ComeBackAsync(session, record);
        await again.SayAsync("error", """{"code":"common.not-found","message":"No.","channel":"orders:s"}""");

        await record.ExpectAsync("×common.not-found");
    }

    [Fact]
    public async Task A_namespaces_answer_that_comes_after_the_channel_was_asked_for_by_name_is_not_taken_for_its_own()
    {
        await using var session = new Session();
        var record = new Record();
        using var again = await ComeBackAsync(session, record);
        await again.SubscribedAsync("orders:s", 9);
        await again.EventAsync(10);
        await again.SubscribedAsync("orders:s", 4, recovered: true);
        for (var seq = 5; seq <= 10; seq++) await again.EventAsync(seq);

        await record.ExpectAsync("5.0", "6.0", "7.0", "8.0", "9.0", "10.0");
    }

    /// <summary>Follows a namespace with one channel, loses the line, and has asked for that channel by name on the next.</summary>
    private static async Task<FakeLine> ComeBackAsync(Session session, Record record)
    {
        session.Client.SubscribeNamespace("orders", record.Listen);
        session.Client.Start();
        using (var line = await session.Hub.SignInAsync())
        {
            await line.ExpectAsync("subscribe");
            await line.ExpectAsync("ping");
            await line.SubscribedAsync("orders:s", 4);
            await record.ExpectAsync("→4");
            line.Cut();
        }
        await session.PassWaitAsync();

        var again = await session.Hub.SignInAsync();
        await again.ExpectAsync("subscribe");
        await again.ExpectAsync("ping");
        await again.SayAsync("pong", """{"positions":{}}""");
        await again.ExpectAsync("subscribe", """{"channel":"orders:s","since":4,"epoch":"e"}""");
        return again;
    }
}
