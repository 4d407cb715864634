using System.Net;
using ChainSync.Server.Features.Identity.Tokens;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class SessionTests : IAsyncLifetime
{
    private IdentityHost _host = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync();
        _browser = _host.NewBrowser();
        await _browser.LoginAsync("staff@example.com");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_refresh_gives_a_new_token_and_a_new_cookie()
    {
        var cookies = new HashSet<string?> { _browser.Cookie };

        for (var i = 0; i < 5; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(14));
            var answer = await _browser.RefreshAsync();
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.True(cookies.Add(_browser.Cookie));
            Assert.True(_host.Get<TokenVerifier>().Verify(_browser.Token!).IsAccepted);
        }
    }

    [Fact]
    public async Task A_refresh_reads_role_and_stores_anew()
    {
        await _host.QueryAsync<int>($"update accounts set role = 'manager', store_ids = '{{{IdentityHost.Second}}}' where email = 'staff@example.com'");

        var user = (await _browser.RefreshAsync()).Json.GetProperty("user");

        Assert.Equal("manager", user.GetProperty("role").GetString());
        Assert.Equal(IdentityHost.Second, user.GetProperty("storeIds")[0].GetGuid());
    }

    [Fact]
    public async Task Two_tabs_that_refresh_at_once_both_stay_signed_in()
    {
        var second = _host.NewBrowser();
        second.Cookie = _browser.Cookie;

        var answers = await Task.WhenAll(_browser.RefreshAsync(), second.RefreshAsync());

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await _browser.RefreshAsync()).Status);
    }

    [Fact]
    public async Task A_lost_answer_can_be_asked_for_again_however_late()
    {
        var cookie = _browser.Cookie;
        await _browser.RefreshAsync();
        _host.Clock.Advance(TimeSpan.FromDays(1));
        _browser.Cookie = cookie;

        Assert.Equal(HttpStatusCode.OK, (await _browser.RefreshAsync()).Status);
    }

    [Fact]
    public async Task An_old_token_used_after_its_child_ends_the_session_for_both()
    {
        var thief = _host.NewBrowser();
        thief.Cookie = _browser.Cookie;
        await _browser.RefreshAsync();
        await _browser.RefreshAsync();

        var theft = await thief.RefreshAsync();
        var owner = await _browser.RefreshAsync();
        var access = await _browser.GetAsync("/api/auth/me");

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.invalid"), (theft.Status, theft.Code));
        Assert.Equal("auth.invalid", owner.Code);
        Assert.Equal("auth.invalid", access.Code);
        Assert.Equal("reuse", await _host.QueryAsync<string>("select end_reason from sessions"));
    }

    [Fact]
    public async Task A_thief_who_refreshes_in_secret_is_found_out_at_the_owners_next_refresh()
    {
        var thief = _host.NewBrowser();
        thief.Cookie = _browser.Cookie;
        await _browser.RefreshAsync();
        await thief.RefreshAsync(); // passes as a second tab: a sibling of the owner's token
        await thief.RefreshAsync();

        Assert.Equal("auth.invalid", (await _browser.RefreshAsync()).Code);
        Assert.Equal("auth.invalid", (await thief.RefreshAsync()).Code);
    }

    [Fact]
    public async Task Logout_ends_the_session_and_its_access_token_at_once()
    {
        var copy = _host.NewBrowser();
        (copy.Cookie, copy.Token) = (_browser.Cookie, _browser.Token);

        var answer = await _browser.PostAsync("/api/auth/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Null(_browser.Cookie);
        Assert.Equal("auth.invalid", (await copy.GetAsync("/api/auth/me")).Code);
        Assert.Equal("auth.invalid", (await copy.RefreshAsync()).Code);
    }

    [Fact]
    public async Task Logout_works_with_the_cookie_alone_and_with_the_token_alone_and_twice()
    {
        var byToken = _host.NewBrowser();
        await byToken.LoginAsync("staff@example.com");
        (_browser.Token, byToken.Cookie) = (null, null);

        foreach (var browser in new[] { _browser, byToken, _browser, byToken })
            Assert.Equal(HttpStatusCode.NoContent, (await browser.PostAsync("/api/auth/logout")).Status);

        Assert.Equal(2L, await _host.QueryAsync<long>("select count(*) from sessions where end_reason = 'logout'"));
    }

    [Fact]
    public async Task Logout_leaves_the_persons_other_sessions_alone_and_logout_everywhere_does_not()
    {
        var phone = _host.NewBrowser();
        await phone.LoginAsync("staff@example.com");
        var colleague = _host.NewBrowser();
        await colleague.LoginAsync("manager@example.com");

        await _browser.PostAsync("/api/auth/logout");
        Assert.Equal(HttpStatusCode.OK, (await phone.RefreshAsync()).Status);

        var tablet = _host.NewBrowser();
        await tablet.LoginAsync("staff@example.com");
        Assert.Equal(HttpStatusCode.NoContent, (await tablet.PostAsync("/api/auth/logout-everywhere")).Status);
        Assert.Equal("auth.invalid", (await phone.GetAsync("/api/auth/me")).Code);
        Assert.Equal("auth.invalid", (await phone.RefreshAsync()).Code);
        Assert.Equal(HttpStatusCode.OK, (await colleague.RefreshAsync()).Status);
    }

    [Fact]
    public async Task Another_node_refuses_the_tokens_of_an_ended_session_after_its_next_look()
    {
        await using var twin = await _host.StartTwinAsync();
        await _host.Clock.WhenArmedAsync(2); // both nodes wait for their next look
        await _browser.PostAsync("/api/auth/logout");
        var verifier = twin.Get<TokenVerifier>();
        Assert.True(verifier.Verify(_browser.Token!).IsAccepted);

        _host.Clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually(() => Task.FromResult(!verifier.Verify(_browser.Token!).IsAccepted));
    }

    [Fact]
    public async Task A_node_that_starts_later_knows_the_ended_sessions()
    {
        await _browser.PostAsync("/api/auth/logout");

        await using var twin = await _host.StartTwinAsync();

        Assert.Equal("auth.invalid", twin.Get<TokenVerifier>().Verify(_browser.Token!).Rejection?.Code);
    }

    [Fact]
    public async Task A_session_that_nobody_refreshes_ends()
    {
        _host.Clock.Advance(TimeSpan.FromDays(14));

        Assert.Equal("auth.expired", (await _browser.RefreshAsync()).Code);
    }

    [Fact]
    public async Task A_session_ends_in_any_case_after_ninety_days()
    {
        for (var day = 0; day < 80; day += 10)
        {
            _host.Clock.Advance(TimeSpan.FromDays(10));
            Assert.Equal(HttpStatusCode.OK, (await _browser.RefreshAsync()).Status);
        }
        _host.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal("auth.expired", (await _browser.RefreshAsync()).Code);
    }

    [Fact]
    public async Task What_ended_long_ago_is_thrown_away_and_what_lives_is_kept()
    {
        var gone = _host.NewBrowser();
        await gone.LoginAsync("manager@example.com");
        await gone.PostAsync("/api/auth/logout");
        await _host.Clock.WhenArmedAsync();

        _host.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromHours(2));

        await Eventually(async () => await _host.QueryAsync<long>("select count(*) from sessions") == 1);
        await Eventually(async () => await _host.QueryAsync<long>("select count(*) from sign_in_attempts") == 0);
        Assert.Equal(HttpStatusCode.OK, (await _browser.RefreshAsync()).Status);
    }

    [Theory]
    [InlineData(null, "auth.missing")]
    [InlineData("chainsync_refresh=garbage", "auth.invalid")]
    public async Task Without_a_refresh_token_of_ours_there_is_no_refresh(string? cookie, string code)
    {
        _browser.Cookie = cookie;

        var answer = await _browser.RefreshAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "http://localhost.evil.example", false)]
    [InlineData("Origin", "http://localhost:8080", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost", true)]
    public async Task Only_our_own_pages_may_use_the_cookie(string header, string value, bool isAllowed)
    {
        _browser.Headers[header] = value;

        var answer = await _browser.RefreshAsync();

        Assert.Equal(isAllowed ? (HttpStatusCode.OK, "") : (HttpStatusCode.Forbidden, "auth.cross-site"), (answer.Status, answer.Code));
    }

    // The node looks at the database on a thread of its own, and says to nobody when it has.
    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
