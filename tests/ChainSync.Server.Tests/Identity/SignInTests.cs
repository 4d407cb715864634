using System.Net;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class SignInTests : IAsyncLifetime
{
    private IdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IdentityHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_right_password_gives_a_token_for_the_persons_role_and_stores()
    {
        var answer = await _host.NewBrowser().LoginAsync("staff@example.com");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var user = answer.Json.GetProperty("user");
        Assert.Equal(IdentityHost.StaffId, user.GetProperty("id").GetGuid());
        Assert.Equal("staff", user.GetProperty("role").GetString());
        Assert.Equal([IdentityHost.First], user.GetProperty("storeIds").EnumerateArray().Select(s => s.GetGuid()));
        var token = _host.Get<TokenVerifier>().Verify(answer.Json.GetProperty("accessToken").GetString()!).Value;
        Assert.Equal((IdentityHost.StaffId, Role.Staff), (token.PersonId, token.Role));
        Assert.Equal([IdentityHost.First], token.Stores);
        Assert.Equal(answer.Json.GetProperty("expiresAt").GetDateTimeOffset(), token.ExpiresAt);
        Assert.Equal(_host.Clock.GetUtcNow() + TimeSpan.FromMinutes(15), token.ExpiresAt);
    }

    [Fact]
    public void Nothing_makes_keys_of_the_frameworks_own() =>
        Assert.Null(_host.Get<IServiceProvider>().GetService<IDataProtectionProvider>());

    [Fact]
    public async Task An_admin_sees_every_store_of_the_chain()
    {
        var answer = await _host.NewBrowser().LoginAsync("admin@example.com");

        Assert.Equal(
            [IdentityHost.First, IdentityHost.Second],
            answer.Json.GetProperty("user").GetProperty("storeIds").EnumerateArray().Select(s => s.GetGuid()));
    }

    [Fact]
    public async Task An_address_is_the_same_in_any_case_and_with_blanks_around_it()
    {
        var answer = await _host.NewBrowser().LoginAsync("  Staff@Example.COM ");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var answer = await _host.NewBrowser().LoginAsync("staff@example.com");

        var attributes = answer.SetCookie!.Split("; ").Skip(1).Select(a => a.ToLowerInvariant()).ToHashSet();
        Assert.StartsWith("chainsync_refresh=", answer.SetCookie, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "path=/api/auth", "httponly", "samesite=strict" }, attributes);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task The_cookie_is_for_secure_connections_only_where_there_is_one(string scheme, bool isSecure)
    {
        var browser = _host.NewBrowser();
        browser.Scheme = scheme;

        var answer = await browser.LoginAsync("staff@example.com");

        Assert.Equal(isSecure, answer.SetCookie!.Split("; ").Contains("secure"));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_answer_the_same()
    {
        var wrong = await _host.NewBrowser().LoginAsync("staff@example.com", "wrong");
        var unknown = await _host.NewBrowser().LoginAsync("nobody@example.com", "wrong");

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.invalid"), (wrong.Status, wrong.Code));
        Assert.Equal((wrong.Status, wrong.Code, wrong.Json.GetProperty("detail").GetString()), (unknown.Status, unknown.Code, unknown.Json.GetProperty("detail").GetString()));
        Assert.Null(wrong.SetCookie);
    }

    [Fact]
    public async Task An_account_that_is_switched_off_cannot_sign_in_or_refresh()
    {
        var browser = _host.NewBrowser();
        await browser.LoginAsync("staff@example.com");
        await _host.QueryAsync<int>("update accounts set active = false where email = 'staff@example.com'");

        Assert.Equal("auth.invalid", (await browser.RefreshAsync()).Code);
        Assert.Equal("auth.invalid", (await _host.NewBrowser().LoginAsync("staff@example.com")).Code);
    }

    [Theory]
    [InlineData("""{"email":"staff@example.com"}""", 400)]
    [InlineData("""{"email":"staff@example.com","password":"x","role":"admin"}""", 400)]
    [InlineData("""{"email":"staff@example.com","password":"x","password":"y"}""", 400)]
    [InlineData("""{"email":null,"password":"x"}""", 400)]
    [InlineData("""not json""", 400)]
    [InlineData("""{"email":"","password":""}""", 422)]
    [InlineData("""{"email":"staff@example.com\u0000","password":"x"}""", 422)]
    public async Task Bad_input_is_refused_clearly(string json, int status)
    {
        var answer = await _host.NewBrowser().PostAsync("/api/auth/login", json);

        Assert.Equal(status, (int)answer.Status);
        Assert.NotEqual("", answer.Code);
    }

    [Fact]
    public async Task A_password_longer_than_is_hashed_is_refused_before_any_work() =>
        Assert.Equal("common.invalid", (await _host.NewBrowser().LoginAsync("staff@example.com", new string('x', SignIn.MaxPasswordLength + 1))).Code);

    [Fact]
    public async Task Me_says_who_is_signed_in()
    {
        var browser = _host.NewBrowser();
        var login = await browser.LoginAsync("manager@example.com");

        var me = await browser.GetAsync("/api/auth/me");

        Assert.Equal(login.Json.GetProperty("user").ToString(), me.Json.ToString());
    }

    [Theory]
    [InlineData(null, "auth.missing", "Bearer")]
    [InlineData("garbage", "auth.invalid", "Bearer error=\"invalid_token\"")]
    public async Task Without_a_good_token_the_door_is_closed(string? token, string code, string challenge)
    {
        var browser = _host.NewBrowser();
        browser.Token = token;

        var answer = await browser.GetAsync("/api/auth/me");

        Assert.Equal((HttpStatusCode.Unauthorized, code, challenge), (answer.Status, answer.Code, answer.Challenge));
    }

    [Fact]
    public async Task A_token_past_its_time_says_so()
    {
        var browser = _host.NewBrowser();
        await browser.LoginAsync("staff@example.com");
        _host.Clock.Advance(TimeSpan.FromMinutes(16));

        var answer = await browser.GetAsync("/api/auth/me");

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.expired"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_fast_hash_of_a_password_is_kept_nowhere()
    {
        var command = new CreateAccount(Ids.New(_host.Clock), "new@example.com", "New", Role.Staff, [IdentityHost.First], IdentityHost.Password);
        var operationId = Ids.New(_host.Clock);
        var handler = _host.Get<CreateAccountHandler>();

        var first = await handler.HandleAsync(command, operationId, Caller.System, CancellationToken.None);
        var otherPassword = await handler.HandleAsync(command with { Password = "another password" }, operationId, Caller.System, CancellationToken.None);
        var otherName = await handler.HandleAsync(command with { Name = "Other" }, operationId, Caller.System, CancellationToken.None);

        // Two passwords and one stored hash: it does not depend on them.
        Assert.Equal((false, true, "operation.reused"), (first.Value.Replayed, otherPassword.Value.Replayed, otherName.Rejection?.Code));
        Assert.Equal(HttpStatusCode.OK, (await _host.NewBrowser().LoginAsync("new@example.com")).Status);
    }

    [Fact]
    public async Task Secrets_and_hashes_are_in_no_log_row_and_no_stored_answer()
    {
        Assert.Equal(0L, await _host.QueryAsync<long>(
            """
            select count(*) from (select after as body from change_log union all select before from change_log union all select response from operation) b
            where b.body ilike '%hash%' or b.body ilike '%lookup%' or b.body ilike '%password%' or b.body like '%correct horse%' or b.body like '%2222%'
            """));
        Assert.Equal(3L, await _host.QueryAsync<long>("select count(*) from change_log where entity = 'account' and store_id = '00000000-0000-0000-0000-000000000000'"));
        Assert.Equal(2L, await _host.QueryAsync<long>("select count(*) from change_log where entity = 'employee'"));
    }
}
