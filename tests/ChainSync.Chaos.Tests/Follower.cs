using System.Collections.Concurrent;
using ChainSync.Realtime.Client;
using ChainSync.Server.Features.Identity;

namespace ChainSync.Chaos.Tests;

/// <summary>Somebody who follows something and writes down everything that comes.</summary>
internal abstract class Follower(Person person, string name) : IAsyncDisposable
{
    public Person Person { get; } = person;

    public string Name { get; } = name;

    /// <summary>What came, by the target that was followed; each list in the order of arrival.</summary>
    public ConcurrentDictionary<string, List<Received>> Events { get; } = [];

    /// <summary>The place each target was first followed from.</summary>
    public ConcurrentDictionary<string, long> Starts { get; } = [];

    /// <summary>The place each target has been told to have reached.</summary>
    public ConcurrentDictionary<string, long> Reached { get; } = [];

    /// <summary>What may never come: a resync, a refusal, a frame that breaks the protocol.</summary>
    public ConcurrentQueue<string> Wrongs { get; } = [];

    /// <summary>Whether it takes its time now and then.</summary>
    public volatile bool Dawdles = true;

    /// <summary>Whether of states it asks for the newest only.</summary>
    public bool Latest { get; init; }

    /// <summary>Whether nothing more is to come, as its rights have ended and it knows.</summary>
    public bool IsOver { get; protected set; }

    public abstract void Start();

    /// <summary>Whether it has not been told yet that it has everything.</summary>
    /// <param name="heads">Where the log of each store ends.</param>
    public virtual bool IsBehind(IReadOnlyDictionary<string, long> heads) =>
        !IsOver && (Starts.IsEmpty || Starts.Keys.Any(t => Reached[t] < heads[t.Split(':')[1]]));

    /// <summary>Makes it hear how far it is.</summary>
    public abstract void Ask();

    public abstract ValueTask DisposeAsync();

    /// <summary>What is wrong with what came.</summary>
    public virtual IEnumerable<string> Judge(Truth truth)
    {
        foreach (var (target, start) in Starts)
        {
            var (got, due) = (Events[target], truth.For(Person, target, start));
            foreach (var wrong in Latest ? Judgement.OfLatest(got, due) : Judgement.OfAll(got, due)) yield return $"{target}: {wrong}";
        }
        foreach (var target in Events.Keys.Except(Starts.Keys)) yield return $"events of {target}, which was never followed";
    }

    protected void Take(string target, Received received) => Events.GetOrAdd(target, _ => []).Add(received);

    protected void Progress(string target, long seq)
    {
        Starts.TryAdd(target, seq);
        Events.TryAdd(target, []);
        Reached.AddOrUpdate(target, seq, (_, former) => Math.Max(former, seq));
    }
}

/// <summary>What to follow with one client.</summary>
/// <param name="Channels">Channels, perhaps with the place to start from.</param>
/// <param name="Namespace">Or a namespace in all stores.</param>
internal sealed record Target(IReadOnlyList<(string Channel, RealtimePosition? Since)> Channels, string? Namespace = null);

/// <summary>One with the C# client.</summary>
internal sealed class ClientFollower : Follower
{
    private readonly RealtimeClient _client;
    private readonly Target _target;
    private readonly Random _random;

    public ClientFollower(Chain chain, Uri proxy, Person person, string name, Target target, int seed)
        : base(person, name)
    {
        (_target, _random) = (target, new Random(seed));
        _client = new(new()
        {
            Address = new UriBuilder(proxy) { Scheme = "ws", Path = "/ws" }.Uri,
            // So short that it must be renewed on the way.
            Token = _ => new(chain.Token(person, TimeSpan.FromSeconds(30))),
            MaxTries = null,
            FirstDelay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(1),
        });
        _client.StateChanged += (_, state) =>
        {
            if (state is { Status: RealtimeStatus.Closed, End: not RealtimeEnd.Asked }) Wrongs.Enqueue($"closed for good: {state}");
        };
    }

    private RealtimeMode Mode => Latest ? RealtimeMode.Latest : RealtimeMode.All;

    public override void Start()
    {
        foreach (var (channel, since) in _target.Channels)
        {
            if (since is { } place) Progress(channel, place.Seq);
            _client.Subscribe(channel, Listen, since, Mode);
        }
        if (_target.Namespace is { } ns) _client.SubscribeNamespace(ns, Listen, Mode);
        _client.Start();
    }

    public override void Ask() => _client.Wake();

    public override ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Listen(RealtimeSubscription subscription) => subscription.OnMessage(async (message, closing) =>
    {
        var target = subscription.Channel ?? message.Channel;
        switch (message)
        {
            case RealtimeEvent { IsFleeting: false } e:
                Take(target, Received.Of(e.Channel, e.Seq, e.Part, e.Json.Span));
                // Long enough, at times, for the hub to give up on it.
                if (Dawdles && _random.Next(400) == 0) await Task.Delay(_random.Next(1, 12_000), closing);
                break;
            case RealtimeProgress progress:
                Progress(target, progress.Position.Seq);
                break;
            case RealtimeResync resync:
                Wrongs.Enqueue($"resync of {resync.Channel} to {resync.Position}");
                break;
            case RealtimeRefusal refusal:
                Wrongs.Enqueue($"refusal of {refusal.Channel}: {refusal.Code}");
                break;
        }
    });
}
