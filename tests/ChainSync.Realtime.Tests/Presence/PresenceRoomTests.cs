using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Realtime.Presence;

namespace ChainSync.Realtime.Tests.Presence;

public sealed class PresenceRoomTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly TestClock _clock = new();
    private readonly HubOptions _options = new();
    private readonly TestPresence _host = new();
    private readonly List<JsonElement> _frames = [];
    private readonly PresenceRoom _room;

    public PresenceRoomTests() => _room = new("s1", _options, _clock);

    public static TheoryData<int> Seeds => [1, 20_260_302, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Fact]
    public void One_person_is_told_once_however_many_tabs_and_leaves_with_the_last()
    {
        _room.Enter(User("cyd"));
        _room.Enter(User("cyd"));
        Assert.Equal(["+cyd 1"], Pass());
        _room.Leave("cyd");
        _clock.Advance(Delay);
        Assert.Empty(Pass());

        _room.Leave("cyd");
        _clock.Advance(Delay);

        Assert.Equal(["-cyd 0"], Pass());
        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void Somebody_is_gone_when_the_delay_is_over_and_not_before()
    {
        _room.Enter(User("cyd"));
        Pass();
        _room.Leave("cyd");

        _clock.Advance(Delay - TimeSpan.FromTicks(1));
        Assert.Empty(Pass());
        Assert.Equal(1, _room.Present.Online);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(["-cyd 0"], Pass());
    }

    [Fact]
    public void Who_comes_back_within_the_delay_has_never_left()
    {
        _room.Enter(User("cyd"));
        Pass();
        for (var i = 0; i < 5; i++)
        {
            _room.Leave("cyd");
            _clock.Advance(Delay - TimeSpan.FromTicks(1));
            _room.Enter(User("cyd"));
            Assert.Empty(Pass());
        }
        _clock.Advance(Delay);

        Assert.Empty(Pass());
        Assert.Equal(1, _room.Present.Online);
    }

    [Fact]
    public void Who_came_and_was_gone_between_two_passes_is_not_told()
    {
        _options.PresenceDelay = TimeSpan.Zero;
        _room.Enter(User("cyd"));
        _room.Leave("cyd");

        Assert.Empty(Pass());
        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void As_many_as_make_no_burst_are_told_one_by_one_and_one_more_as_a_state()
    {
        _options.PresenceBurst = 3;
        foreach (var user in (string[])["a", "b", "c"]) _room.Enter(User(user));
        Assert.Equal(["+a 3", "+b 3", "+c 3"], Pass());

        foreach (var user in (string[])["d", "e", "f", "g"]) _room.Enter(User(user));

        Assert.Equal(["=7 gfedcba"], Pass());
    }

    [Fact]
    public void Ten_thousand_who_come_and_go_at_once_make_one_small_frame_each_way_and_leave_nothing_behind()
    {
        for (var i = 0; i < 10_000; i++) _room.Enter(User($"user{i}"));

        var came = Pass();
        var frame = Assert.Single(_frames);
        Assert.Equal((10_000, 100), (frame.GetProperty("data").GetProperty("online").GetInt32(), frame.GetProperty("data").GetProperty("users").GetArrayLength()));
        for (var i = 0; i < 10_000; i++) _room.Leave($"user{i}");
        _clock.Advance(Delay);
        var left = Pass();

        Assert.Single(came);
        Assert.Equal(["=0 "], left);
        Assert.Equal((0, 0), (_room.Count, _room.Present.Listed.Count));
    }

    [Fact]
    public void The_newest_token_says_who_somebody_is()
    {
        _room.Enter(User("cyd"));
        _room.Enter(new("cyd", "gold customer", DateTimeOffset.MaxValue));
        Pass();

        Assert.Equal("gold customer", Assert.Single(_room.Present.Listed).Role);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_followers_are_told_is_always_what_is(int seed)
    {
        var random = new Random(seed);
        (_options.PresenceBurst, _options.PresenceListed) = (4, int.MaxValue);
        var holds = new int[12];
        var leftAt = new DateTimeOffset?[12];
        var follower = new HashSet<string>();
        for (var step = 0; step < 5_000; step++)
        {
            var person = random.Next(holds.Length);
            if (random.Next(2) == 0)
            {
                holds[person]++;
                _room.Enter(User($"u{person}"));
            }
            else if (holds[person] > 0 && --holds[person] >= 0)
            {
                _room.Leave($"u{person}");
                if (holds[person] == 0) leftAt[person] = _clock.GetUtcNow();
            }
            if (random.Next(4) == 0) _clock.Advance(TimeSpan.FromMilliseconds(random.Next(8_000)));
            if (random.Next(3) > 0) continue;

            _frames.Clear();
            Pass();
            foreach (var frame in _frames) Follow(follower, frame);
            var expected = Enumerable.Range(0, holds.Length)
                .Where(p => holds[p] > 0 || (leftAt[p] is { } left && _clock.GetUtcNow() - left < Delay))
                .Select(p => $"u{p}").ToHashSet();
            Assert.True(expected.SetEquals(follower), $"seed {seed}, step {step}: [{string.Join(' ', follower)}] instead of [{string.Join(' ', expected)}]");
            Assert.Equal(expected.Count, _room.Present.Online);
            Assert.Equal(expected.Count, _room.Count);
        }
    }

    private List<string> Pass()
    {
        var told = new List<string>();
        _room.Pass(_host, (news, _) =>
        {
            foreach (var item in news)
            {
                var frame = JsonElement.Parse(item.Json.Span);
                _frames.Add(frame);
                told.Add(Words(frame));
            }
        });
        return told;
    }

    private static string Words(JsonElement frame)
    {
        var data = frame.GetProperty("data");
        var online = data.GetProperty("online").GetInt32();
        return frame.GetProperty("type").GetString() switch
        {
            "test:came" => $"+{data.GetProperty("userId").GetString()} {online}",
            "test:left" => $"-{data.GetProperty("userId").GetString()} {online}",
            _ => $"={online} {string.Concat(data.GetProperty("users").EnumerateArray())}",
        };
    }

    /// <summary>What a client makes of a frame.</summary>
    internal static void Follow(HashSet<string> known, JsonElement frame)
    {
        var data = frame.GetProperty("data");
        switch (frame.GetProperty("type").GetString())
        {
            case "test:came":
                Assert.True(known.Add(data.GetProperty("userId").GetString()!), "came twice");
                break;
            case "test:left":
                Assert.True(known.Remove(data.GetProperty("userId").GetString()!), "left twice");
                break;
            case "test:there":
                known.Clear();
                known.UnionWith(data.GetProperty("users").EnumerateArray().Select(u => u.GetString()!));
                break;
        }
    }

    private static HubUser User(string id) => new(id, "customer", DateTimeOffset.MaxValue);
}
