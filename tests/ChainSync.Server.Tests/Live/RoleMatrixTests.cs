using ChainSync.Core;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Realtime;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Live;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>The role matrix and the own-data filter on every event there is, asked of the real authority by each kind of person.</summary>
public sealed class RoleMatrixTests(RoleMatrixTests.People people) : IClassFixture<RoleMatrixTests.People>
{
    private static readonly Guid Home = TestChain.StoreIds[0];
    private static readonly Guid Elsewhere = TestChain.StoreIds[1];

    // As DESIGN has it. "own": only what is the customer's.
    private const string Matrix = """
        role       orders customers products inventory payments system
        admin      yes    yes       yes      yes       yes      yes
        manager    yes    yes       yes      yes       yes      no
        staff      yes    yes       yes      yes       no       no
        customer   own    no        yes      no        own      no
        """;

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var definition in EventCatalogue.All)
        {
            foreach (var role in new[] { "admin", "manager", "staff", "customer" })
            {
                cases.Add(definition.Name, role, true);
                cases.Add(definition.Name, role, false);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_frame_reaches_who_the_matrix_says_by_either_way_of_following(string type, string role, bool own)
    {
        var definition = EventCatalogue.Find(type)!;
        var user = await people.UserAsync(role, Home);
        var hubEvent = Event(definition, Home, new HubEvents.Audience(definition.Namespace, own ? people.CustomerId : people.AnotherCustomerId));
        var sees = Rule(role, definition.Namespace) is var rule && (rule == "yes" || (rule == "own" && own));

        Assert.Equal(sees, await HearsAsync(user, $"{definition.Namespace}:{Home}", hubEvent));
        Assert.Equal(sees, await HearsAsync(user, $"store:{Home}", hubEvent));
        Assert.Equal(sees && role == "admin", await HearsAsync(user, $"{definition.Namespace}:{Elsewhere}", Event(definition, Elsewhere, (HubEvents.Audience)hubEvent.Audience!)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_nobodys_own_no_customer_takes_for_theirs(string type, string role, bool wholeStore)
    {
        var definition = EventCatalogue.Find(type)!;
        var hubEvent = Event(definition, Home, HubEvents.Audience.Of(definition.Namespace, ownerId: null));

        var hears = await HearsAsync(await people.UserAsync(role, Home), $"{(wholeStore ? "store" : definition.Namespace)}:{Home}", hubEvent);

        Assert.Equal(Rule(role, definition.Namespace) == "yes", hears);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("manager")]
    [InlineData("staff")]
    [InlineData("customer")]
    public async Task What_is_for_one_person_only_they_see_whatever_their_role(string role)
    {
        var user = await people.UserAsync(role, Home);
        var audience = new HubEvents.Audience(Notice.WholeStore, OwnerId: null, Guid.Parse(user.Id));

        Assert.True(await HearsAsync(user, $"store:{Home}", Event(EventCatalogue.SystemAlert, Home, audience)));
        Assert.False(await HearsAsync(user, $"store:{Home}", Event(EventCatalogue.SystemAlert, Home, audience with { UserId = people.CustomerId })));
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("manager", true)]
    [InlineData("staff", true)]
    [InlineData("customer", false)]
    public async Task What_is_for_the_whole_store_all_hear_who_work_there(string role, bool hears)
    {
        var user = await people.UserAsync(role, Home);
        var notice = Event(EventCatalogue.SystemAlert, Home, new HubEvents.Audience(Notice.WholeStore, OwnerId: null));

        Assert.Equal(hears, await HearsAsync(user, $"store:{Home}", notice));
        Assert.Equal(hears && role == "admin", await HearsAsync(user, $"system:{Home}", notice));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("manager")]
    [InlineData("staff")]
    [InlineData("customer")]
    public async Task A_namespace_means_it_in_the_persons_stores_and_no_others(string role)
    {
        var user = await people.UserAsync(role, Home);
        foreach (var ns in Permissions.Namespaces)
        {
            var resolution = await people.Authority.ResolveAsync(user, ns, channel: null, CancellationToken.None);
            var stores = role == "admin" ? [.. TestChain.StoreIds.Append(Guid.Empty)] : new List<Guid> { Home };
            var expected = Rule(role, ns) == "no" ? [] : stores.Select(s => $"{ns}:{s}");

            Assert.Equivalent(expected, resolution.Channels.Select(c => c.Name), strict: true);
        }
    }

    private static string Rule(string role, string ns)
    {
        var rows = Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return rows.Single(r => r[0] == role)[Array.IndexOf(rows[0], ns)];
    }

    private static HubEvent Event(EventDefinition definition, Guid storeId, HubEvents.Audience audience) =>
        new($"{definition.Namespace}:{storeId}", 1, 0, "{}"u8, audience);

    private async Task<bool> HearsAsync(HubUser user, string channel, HubEvent hubEvent)
    {
        var resolution = await people.Authority.ResolveAsync(user, ns: null, channel, CancellationToken.None);
        return resolution.Channels.Any(c => c.WholeStream || c.Name == hubEvent.Channel) && people.Authority.MaySee(user, hubEvent);
    }

    /// <summary>One server, and people with real tokens for it.</summary>
    public sealed class People : IAsyncLifetime
    {
        private ApiHost _host = null!;

        public Guid CustomerId { get; } = Ids.Named(Home, "customer");

        public Guid AnotherCustomerId { get; } = Ids.Named(Home, "another customer");

        internal IHubAuthority Authority => _host.Services.GetRequiredService<IHubAuthority>();

        public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        internal async Task<HubUser> UserAsync(string role, Guid store)
        {
            var known = RoleNames.Parse(role);
            var person = new Person(Ids.New(_host.Chain.Clock), null, role, known, [store], known == Role.Customer ? CustomerId : null, SecretHash: "");
            var token = _host.Services.GetRequiredService<TokenIssuer>().Issue(person, Ids.New(_host.Chain.Clock)).Token;
            return (await Authority.AuthenticateAsync(token, CancellationToken.None)).User!;
        }
    }
}
