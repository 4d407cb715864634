using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using ChainSync.Realtime.Fleeting;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSync.Realtime.Tests.Fleeting;

public sealed class FleetingFeedTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly TestClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Recorder _sent = new();

    public static TheoryData<int> Seeds => [1, 324_344_655, 20_260_302, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Fact]
    public void The_first_goes_out_at_once_and_of_the_rest_the_newest_at_the_end_of_the_window()
    {
        using var feed = Feed();

        Assert.True(feed.Offer(Key("ann"), Word("a")));
        Assert.True(feed.Offer(Key("ann"), Word("b")));
        Assert.True(feed.Offer(Key("ann"), Word("c")));
        Assert.Equal(["a"], _sent.Words);
        _clock.Advance(Window - Tick);
        Assert.Equal(["a"], _sent.Words);
        _clock.Advance(Tick);

        Assert.Equal(["a", "c"], _sent.Words);
    }

    [Fact]
    public void What_goes_out_at_the_end_of_a_window_opens_the_next()
    {
        using var feed = Feed();
        feed.Offer(Key("ann"), Word("a"));
        feed.Offer(Key("ann"), Word("b"));
        _clock.Advance(Window);

        feed.Offer(Key("ann"), Word("c"));
        Assert.Equal(["a", "b"], _sent.Words);
        _clock.Advance(Window);

        Assert.Equal(["a", "b", "c"], _sent.Words);
    }

    [Fact]
    public void After_a_silent_window_the_next_goes_out_at_once()
    {
        using var feed = Feed();
        feed.Offer(Key("ann"), Word("a"));
        _clock.Advance(Window);

        feed.Offer(Key("ann"), Word("b"));

        Assert.Equal(["a", "b"], _sent.Words);
    }

    [Fact]
    public void Another_user_channel_event_or_subject_has_a_window_of_its_own()
    {
        using var feed = Feed();
        FleetingKey[] keys = [new("ann", "c", "e", null), new("bob", "c", "e", null), new("ann", "d", "e", null), new("ann", "c", "f", null), new("ann", "c", "e", "1"), new("ann", "c", "e", "2")];

        foreach (var key in keys) feed.Offer(key, Word("a"));

        Assert.Equal(keys.Length, _sent.Words.Count);
    }

    [Fact]
    public void A_key_that_falls_silent_is_forgotten()
    {
        using var feed = Feed();
        for (var i = 0; i < 1_000; i++) feed.Offer(Key($"user{i}"), Word("a"));
        for (var i = 0; i < 1_000; i += 2) feed.Offer(Key($"user{i}"), Word("b"));
        Assert.Equal(1_000, feed.Count);

        _clock.Advance(Window);
        Assert.Equal(500, feed.Count);
        _clock.Advance(Window);

        Assert.Equal(0, feed.Count);
        Assert.Equal(1_500, _sent.Words.Count);
    }

    [Fact]
    public void More_keys_than_may_be_are_refused_until_one_is_forgotten()
    {
        using var feed = Feed(o => o.MaxFleetingKeys = 2);
        Assert.True(feed.Offer(Key("ann"), Word("a")));
        Assert.True(feed.Offer(Key("bob"), Word("a")));

        Assert.False(feed.Offer(Key("cyd"), Word("a")));
        Assert.True(feed.Offer(Key("ann"), Word("b")));
        _clock.Advance(Window);

        Assert.True(feed.Offer(Key("cyd"), Word("a")));
        Assert.Equal(["a", "a", "b", "a"], _sent.Words);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void However_they_come_no_window_sees_two_and_the_last_word_is_always_heard(int seed)
    {
        var random = new Random(seed);
        using var feed = Feed();
        _sent.Now = _clock.GetUtcNow;
        string[] users = ["ann", "bob", "cyd"];
        var last = new Dictionary<string, string>();
        for (var i = 0; i < 3_000; i++)
        {
            var user = users[random.Next(users.Length)];
            last[user] = $"{user} {i}";
            feed.Offer(Key(user), Word(last[user]));
            if (random.Next(3) == 0) _clock.Advance(TimeSpan.FromMicroseconds(random.Next(400_000)));
        }
        // Timers count whole milliseconds, so a window may end one later.
        _clock.Advance(Window + TimeSpan.FromMilliseconds(1));
        _clock.Advance(Window + TimeSpan.FromMilliseconds(1));

        Assert.True(feed.Count == 0, $"seed {seed}: {feed.Count} keys are left");
        foreach (var user in users)
        {
            var sent = _sent.All.Where(s => s.Word.StartsWith(user, StringComparison.Ordinal)).ToList();
            var numbers = sent.ConvertAll(s => int.Parse(s.Word.AsSpan(user.Length + 1), System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(sent[^1].Word == last[user], $"seed {seed}: {user} was last heard with '{sent[^1].Word}', not '{last[user]}'");
            Assert.Equal(numbers.Order().Distinct(), numbers);
            Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= Window, $"seed {seed}: two within a window"));
        }
    }

    public void Dispose() => _services.Dispose();

    private FleetingFeed Feed(Action<HubOptions>? configure = null)
    {
        var options = new HubOptions();
        configure?.Invoke(options);
        return new("s1", options, _clock, new(_services.GetRequiredService<IMeterFactory>()), _sent);
    }

    private static FleetingKey Key(string user) => new(user, "inventory:s1", "test:says", null);

    private static HubFleeting Word(string word) => new("inventory:s1", System.Text.Encoding.UTF8.GetBytes(word));

    private sealed class Recorder : IHubFanOut
    {
        public List<(string Word, DateTimeOffset At)> All { get; } = [];

        public List<string> Words => All.ConvertAll(s => s.Word);

        public Func<DateTimeOffset> Now { get; set; } = () => default;

        public void Send(string streamId, HubFleeting fleeting) => All.Add((System.Text.Encoding.UTF8.GetString(fleeting.Json.Span), Now()));

        public void SendToUser(string userId, HubFleeting fleeting) => throw new NotSupportedException();
    }
}
