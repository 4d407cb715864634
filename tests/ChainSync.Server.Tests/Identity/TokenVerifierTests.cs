using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class TokenVerifierTests : IClassFixture<TokenVerifierTests.Node>
{
    private readonly IdentityHost _host;
    private readonly string _token;

    public TokenVerifierTests(Node node)
    {
        _host = node.Host;
        _token = Issue(new Person(IdentityHost.StaffId, null, "Sam \"ß\" Staff", Role.Staff, [IdentityHost.First], null, ""));
    }

    private byte[] Key => _host.Get<ServerSecrets>().TokenKey.Value;

    [Fact]
    public void What_was_issued_is_what_is_read()
    {
        var customer = new Person(Ids.New(_host.Clock), "c@example.com", "Carla", Role.Customer, [IdentityHost.Second, IdentityHost.First], Ids.New(_host.Clock), "");

        var token = Verify(Issue(customer)).Value;

        Assert.Equal((customer.Id, "Carla", Role.Customer, customer.CustomerId), (token.PersonId, token.Name, token.Role, token.CustomerId));
        Assert.Equal(customer.StoreIds.Order(), token.Stores.Order());
        var caller = token.ToCaller("192.0.2.7");
        Assert.Equal((customer.Id, "192.0.2.7", true, false), (caller.Id, caller.Ip, caller.HasStore(IdentityHost.First), caller.HasStore(Guid.Empty)));
    }

    [Fact]
    public void An_admins_token_names_no_store_and_has_all()
    {
        var token = Verify(Issue(new Person(Ids.New(_host.Clock), null, "Ada", Role.Admin, [IdentityHost.First], null, ""))).Value;

        Assert.Empty(token.Stores);
        Assert.True(token.ToCaller(null).HasStore(IdentityHost.Second));
    }

    [Fact]
    public void The_longest_token_that_is_issued_is_taken()
    {
        var stores = Enumerable.Range(0, CreateAccount.MaxStores).Select(_ => Ids.New(_host.Clock)).ToArray();

        var token = Issue(new Person(Ids.New(_host.Clock), null, new string('語', 200), Role.Manager, stores, Ids.New(_host.Clock), ""));

        Assert.Equal(stores.Order(), Verify(token).Value.Stores.Order());
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"None","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS512","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"hs256","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":["HS256"],"typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"other"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"../../etc/passwd"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"HS256","kid":"$"}""")]
    [InlineData("""{"typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","crit":["https://example.com/new"]}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","crit":[]}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","jku":"https://example.com/keys"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","jwk":{"kty":"oct","k":"AAAA"}}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$","zip":"DEF"}""")]
    [InlineData("""{"alg":"none","alg":"HS256","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","\u0061lg":"none","typ":"at+jwt","kid":"$"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"$"} """ + "{}")]
    [InlineData("""["HS256","at+jwt","$"]""")]
    [InlineData("null")]
    [InlineData("")]
    public void Any_other_header_is_refused_though_the_signature_is_right(string header)
    {
        var token = Jws.Sign(Encoding.UTF8.GetBytes(header.Replace("$", _host.Get<ServerSecrets>().TokenKey.Id, StringComparison.Ordinal)), PayloadOf(_token), Key);

        AssertInvalid(token);
    }

    [Fact]
    public void Without_a_signature_alg_none_is_refused()
    {
        var header = Base64Url.EncodeToString("""{"alg":"none","typ":"at+jwt"}"""u8);
        var payload = _token.Split('.')[1];

        AssertInvalid($"{header}.{payload}.");
        AssertInvalid($"{header}.{payload}");
    }

    [Theory]
    [InlineData("iss", "\"evil\"")]
    [InlineData("iss", "[\"chainsync\"]")]
    [InlineData("aud", "\"other-api\"")]
    [InlineData("aud", "[\"chainsync-api\",\"other-api\"]")]
    [InlineData("sub", "\"admin\"")]
    [InlineData("sub", "42")]
    [InlineData("jti", "\"\"")]
    [InlineData("sid", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "{\"a\":1}")]
    [InlineData("role", "\"guest\"")]
    [InlineData("role", "\"owner\"")]
    [InlineData("role", "\"Admin\"")]
    [InlineData("role", "\"admin\"")] // and still a list of stores: not what is issued
    [InlineData("stores", "\"*\"")]
    [InlineData("stores", "[\"*\"]")]
    [InlineData("stores", "[1]")]
    [InlineData("stores", "{}")]
    [InlineData("customer", "\"me\"")]
    [InlineData("iat", "\"1767603600\"")]
    [InlineData("nbf", "1767603600.5")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "9223372036854775807")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "null")]
    public void A_claim_of_another_value_or_kind_is_refused_though_the_signature_is_right(string claim, string json) =>
        AssertInvalid(Resign(claims => claims[claim] = JsonNode.Parse(json)));

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("jti")]
    [InlineData("iat")]
    [InlineData("nbf")]
    [InlineData("exp")]
    [InlineData("sid")]
    [InlineData("name")]
    [InlineData("role")]
    [InlineData("stores")]
    public void A_token_that_lacks_a_claim_is_refused(string claim) => AssertInvalid(Resign(claims => claims.Remove(claim)));

    [Fact]
    public void A_claim_given_twice_is_refused()
    {
        var payload = Encoding.UTF8.GetString(PayloadOf(_token));

        AssertInvalid(Jws.Sign(HeaderOf(_token), Encoding.UTF8.GetBytes(payload.Insert(1, "\"role\":\"staff\",")), Key));
    }

    [Fact]
    public void A_payload_that_is_not_UTF8_is_refused()
    {
        var payload = PayloadOf(_token);
        payload[Encoding.UTF8.GetString(payload).IndexOf("Sam", StringComparison.Ordinal)] = 0xFF;

        AssertInvalid(Jws.Sign(HeaderOf(_token), payload, Key));
    }

    [Fact]
    public void A_token_ends_at_its_time_and_the_skew_and_says_so()
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.True(Verify(_token).IsAccepted);

        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("auth.expired", Verify(_token).Rejection!.Code);
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("iat")]
    public void A_token_of_the_future_is_refused_past_the_skew(string claim)
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.True(Verify(Resign(claims => claims[claim] = now + 30)).IsAccepted);
        AssertInvalid(Resign(claims => claims[claim] = now + 31));
    }

    [Fact]
    public void Changing_any_character_refuses_it()
    {
        for (var i = 0; i < _token.Length; i++)
        {
            var changed = _token.ToCharArray();
            changed[i] = changed[i] == 'x' ? 'y' : 'x';
            Assert.Equal("auth.invalid", Verify(new string(changed)).Rejection?.Code);
        }
    }

    [Fact]
    public void Parts_of_two_good_tokens_do_not_make_a_third()
    {
        var mine = _token.Split('.');
        var theirs = Issue(new Person(Ids.New(_host.Clock), null, "Ada", Role.Admin, [], null, "")).Split('.');

        AssertInvalid($"{mine[0]}.{theirs[1]}.{mine[2]}");
        AssertInvalid($"{mine[0]}.{mine[1]}.{theirs[2]}");
    }

    [Fact]
    public void A_token_of_another_key_is_refused()
    {
        var otherKey = new byte[32];

        AssertInvalid(Jws.Sign(HeaderOf(_token), PayloadOf(_token), otherKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("\ud800.\ud800.\ud800")]
    public void Garbage_is_refused(string text) => AssertInvalid(text);

    [Fact]
    public void A_megabyte_is_refused() => AssertInvalid(new string('a', 1 << 20) + _token);

    [Fact]
    public async Task The_keys_are_the_databases_so_every_node_takes_the_tokens_of_the_others()
    {
        var twin = new ServerSecrets(_host.Database.Source, _host.Clock);

        Assert.Throws<InvalidOperationException>(() => twin.TokenKey);
        await twin.LoadAsync(CancellationToken.None);
        Assert.Equal(Key, twin.TokenKey.Value);
    }

    private Outcome<VerifiedToken> Verify(string token) => _host.Get<TokenVerifier>().Verify(token);

    private void AssertInvalid(string token) => Assert.Equal("auth.invalid", Verify(token).Rejection?.Code);

    private string Issue(Person person) => _host.Get<TokenIssuer>().Issue(person, Ids.New(_host.Clock)).Token;

    private string Resign(Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(PayloadOf(_token))!.AsObject();
        change(claims);
        return Jws.Sign(HeaderOf(_token), Encoding.UTF8.GetBytes(claims.ToJsonString()), Key);
    }

    private static byte[] HeaderOf(string token) => Base64Url.DecodeFromChars(token.Split('.')[0]);

    private static byte[] PayloadOf(string token) => Base64Url.DecodeFromChars(token.Split('.')[1]);

    /// <summary>One node for the class: its tests only move its clock on, and each issues a token of its own.</summary>
    public sealed class Node : IAsyncLifetime
    {
        internal IdentityHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await IdentityHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
