using ChainSync.Core.Identity;
using ChainSync.Realtime.Client;
using ChainSync.Server.Features.Identity;
using ChainSync.TestKit;

namespace ChainSync.Chaos.Tests;

/// <summary>Everybody who follows: all roles, by every way of following, some of whom lose rights on the way.</summary>
internal sealed class Crowd
{
    private const int ClientFollowers = 18;
    private const int LatestClientFollowers = 6;
    private const int RawFollowers = 6;
    private const int LatestRawFollowers = 3;
    private const int SignedOutFollowers = 4;

    /// <summary>From a role to a lesser one, on a namespace or a whole store; and whether that is lost with it.</summary>
    private static readonly (Role From, Role To, string Namespace, bool Loses)[] Demotions =
    [
        (Role.Manager, Role.Staff, "store", false),
        (Role.Manager, Role.Staff, "payments", true),
        (Role.Staff, Role.Customer, "store", false),
        (Role.Staff, Role.Customer, "products", false),
        (Role.Staff, Role.Customer, "inventory", true),
    ];

    private static readonly Role[] Roles = [Role.Admin, Role.Manager, Role.Staff, Role.Customer];

    private readonly Chain _chain;
    private readonly Uri _proxy;
    private readonly IReadOnlyDictionary<Guid, List<Guid>> _customers;
    private readonly Random _random;
    private readonly Dictionary<Guid, RealtimePosition> _places = [];

    private Crowd(Chain chain, Uri proxy, IReadOnlyDictionary<Guid, List<Guid>> customers, Random random) =>
        (_chain, _proxy, _customers, _random) = (chain, proxy, customers, random);

    public List<Follower> Followers { get; } = [];

    /// <param name="chain">The chain.</param>
    /// <param name="proxy">The way to it.</param>
    /// <param name="customers">The customers that each store knows.</param>
    /// <param name="random">Decides who follows what, and from where.</param>
    public static async Task<Crowd> GatherAsync(Chain chain, Uri proxy, IReadOnlyDictionary<Guid, List<Guid>> customers, Random random)
    {
        var crowd = new Crowd(chain, proxy, customers, random);
        foreach (var store in TestChain.StoreIds)
        {
            crowd._places[store] = new(
                await chain.Test.ScalarAsync<long>("select seq from store_head where store_id = $1", store),
                (await chain.Test.ScalarAsync<Guid>("select epoch from store_head where store_id = $1", store)).ToString());
        }
        for (var i = 0; i < ClientFollowers + LatestClientFollowers; i++) crowd.AddClient(i, latest: i >= ClientFollowers);
        for (var i = 0; i < RawFollowers + LatestRawFollowers; i++) crowd.AddRaw(i, latest: i >= RawFollowers);
        for (var i = 0; i < SignedOutFollowers; i++) await crowd.AddSignedOutAsync(i);
        foreach (var demotion in Demotions) crowd.AddDemoted(demotion.From, demotion.To, demotion.Namespace, demotion.Loses);
        return crowd;
    }

    /// <summary>In the middle of it all, one after another, people are signed out and lose roles.</summary>
    public Task LoseRightsAsync(TimeSpan time, Random random) => Task.WhenAll(Followers.Select(follower =>
    {
        var at = time * (0.1 + (0.4 * random.NextDouble()));
        return follower switch
        {
            SignedOutFollower signedOut => AfterAsync(at, signedOut.SignOutAsync),
            DemotedFollower demoted => AfterAsync(at, demoted.DemoteAsync),
            _ => Task.CompletedTask,
        };
    }));

    private static async Task AfterAsync(TimeSpan time, Func<Task> act)
    {
        await Task.Delay(time);
        await act();
    }

    private void AddClient(int i, bool latest)
    {
        var (role, store) = (Roles[i % Roles.Length], AnyStore());
        // The latest is about stock, so those who want it follow where stock is.
        var target = latest switch
        {
            true => new Target([(role == Role.Customer || i % 2 == 0 ? $"store:{store}" : $"inventory:{store}", Place(store))]),
            _ => _random.Next(3) switch
            {
                0 => new Target([($"store:{store}", Place(store))]),
                1 => new Target([.. MayFollow(role).Where(_ => _random.Next(2) == 0).DefaultIfEmpty("products").Select(ns => ($"{ns}:{store}", Place(store)))]),
                _ => new Target([], MayFollow(role)[_random.Next(MayFollow(role).Length)]),
            },
        };
        var name = $"{(latest ? "latest " : "")}client {i} ({role})";
        Followers.Add(new ClientFollower(_chain, _proxy, Somebody(role, store), name, target, _random.Next()) { Latest = latest });
    }

    private void AddRaw(int i, bool latest)
    {
        var (role, store) = (Roles[i % Roles.Length], AnyStore());
        var ns = latest || _random.Next(2) == 0 ? "store" : MayFollow(role)[_random.Next(MayFollow(role).Length)];
        var (start, epoch) = Start(store);
        var name = $"{(latest ? "latest " : "")}raw {i} ({role})";
        Followers.Add(new RawFollower(_chain, _proxy, Somebody(role, store), name, $"{ns}:{store}", start, epoch, _random.Next()) { Latest = latest });
    }

    private async Task AddSignedOutAsync(int i)
    {
        var (role, store) = (Roles[i % Roles.Length], AnyStore());
        var person = Somebody(role, store);
        var (start, epoch) = Start(store);
        Followers.Add(new SignedOutFollower(
            _chain, _proxy, person, $"signed out {i} ({role})", $"store:{store}", start, epoch, _random.Next(), await _chain.SignInAsync(person)));
    }

    private void AddDemoted(Role from, Role to, string ns, bool loses)
    {
        var store = AnyStore();
        var person = Somebody(from, store) with { CustomerId = AnyCustomer(store) };
        var (start, epoch) = Start(store);
        Followers.Add(new DemotedFollower(
            _chain, _proxy, person, $"{from} then {to} on {ns}", $"{ns}:{store}", start, epoch, _random.Next(), to, loses));
    }

    private Person Somebody(Role role, Guid store)
    {
        var stores = TestChain.StoreIds.Where(s => s == store || _random.Next(3) == 0).ToArray();
        return Chain.Somebody(role, role == Role.Customer ? AnyCustomer(store) : null, stores);
    }

    private Guid AnyStore() => TestChain.StoreIds[_random.Next(TestChain.StoreIds.Count)];

    private Guid AnyCustomer(Guid store) => _customers[store][_random.Next(_customers[store].Count)];

    private RealtimePosition? Place(Guid store) => _random.Next(3) == 0 ? null : _places[store] with { Seq = Start(store).Seq };

    private (long Seq, string Epoch) Start(Guid store) => (_random.Next((int)_places[store].Seq + 1), _places[store].Epoch);

    private static string[] MayFollow(Role role) => role switch
    {
        Role.Admin => ["orders", "customers", "products", "inventory", "payments", "system"],
        Role.Manager => ["orders", "customers", "products", "inventory", "payments"],
        Role.Staff => ["orders", "customers", "products", "inventory"],
        _ => ["orders", "products", "payments"],
    };
}
