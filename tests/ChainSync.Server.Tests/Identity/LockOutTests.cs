using System.Net;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class LockOutTests : IAsyncLifetime
{
    private IdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IdentityHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("staff@example.com")]
    [InlineData("nobody@example.com")]
    public async Task Each_failure_past_the_free_ones_doubles_the_wait_up_to_the_longest(string email)
    {
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await FailAsync(email)).Status);
        var waits = new List<double>();

        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await FailAsync(email)).Status);
            var locked = await FailAsync(email);
            Assert.Equal(((HttpStatusCode)423, "auth.locked"), (locked.Status, locked.Code));
            waits.Add(locked.RetryAfter!.Value.TotalSeconds);
            _host.Clock.Advance(locked.RetryAfter.Value);
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900], waits);
    }

    [Fact]
    public async Task While_locked_the_right_password_does_not_help_and_afterwards_it_does()
    {
        for (var i = 0; i < 5; i++) await FailAsync("staff@example.com");

        var locked = await _host.NewBrowser().LoginAsync("staff@example.com");
        _host.Clock.Advance(locked.RetryAfter!.Value - TimeSpan.FromMilliseconds(1));
        var tooSoon = await _host.NewBrowser().LoginAsync("staff@example.com");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var afterwards = await _host.NewBrowser().LoginAsync("staff@example.com");

        Assert.Equal("auth.locked", locked.Code);
        Assert.Equal(("auth.locked", 1d), (tooSoon.Code, tooSoon.RetryAfter!.Value.TotalSeconds));
        Assert.Equal(HttpStatusCode.OK, afterwards.Status);
    }

    [Fact]
    public async Task The_owners_sign_in_forgets_the_failures()
    {
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 4; i++) Assert.Equal("auth.invalid", (await FailAsync("staff@example.com")).Code);
            Assert.Equal(HttpStatusCode.OK, (await _host.NewBrowser().LoginAsync("staff@example.com")).Status);
        }
    }

    [Fact]
    public async Task One_failure_is_forgotten_in_each_quarter_of_an_hour()
    {
        for (var i = 0; i < 4; i++) await FailAsync("staff@example.com");
        _host.Clock.Advance(TimeSpan.FromMinutes(30));

        for (var i = 0; i < 3; i++) Assert.Equal("auth.invalid", (await FailAsync("staff@example.com")).Code);
        Assert.Equal("auth.locked", (await FailAsync("staff@example.com")).Code);
    }

    [Fact]
    public async Task Fifty_guesses_at_once_get_no_more_tries_than_one_after_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _host.NewBrowser($"198.51.100.{i}").LoginAsync("staff@example.com", "wrong")));

        Assert.Equal(5, answers.Count(a => a.Code == "auth.invalid"));
        Assert.Equal(45, answers.Count(a => a.Code == "auth.locked"));
    }

    [Fact]
    public async Task One_guess_at_each_of_many_accounts_locks_the_address_and_nobody_else()
    {
        for (var i = 0; i < 30; i++) Assert.Equal("auth.invalid", (await FailAsync($"person{i}@example.com")).Code);

        Assert.Equal("auth.locked", (await FailAsync("person30@example.com")).Code);
        Assert.Equal("auth.locked", (await _host.NewBrowser().LoginAsync("manager@example.com")).Code);
        Assert.Equal(HttpStatusCode.OK, (await _host.NewBrowser("192.0.2.99").LoginAsync("manager@example.com")).Status);
    }

    [Fact]
    public async Task Ones_own_sign_in_does_not_wipe_out_guesses_at_others()
    {
        for (var i = 0; i < 29; i++) await FailAsync($"person{i}@example.com");
        await _host.NewBrowser().LoginAsync("staff@example.com");
        await FailAsync("person29@example.com");

        Assert.Equal("auth.locked", (await FailAsync("person30@example.com")).Code);
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_are_one()
    {
        for (var i = 0; i < 30; i++) await _host.NewBrowser($"2001:db8::{i + 1}").LoginAsync($"person{i}@example.com", "wrong");

        Assert.Equal("auth.locked", (await _host.NewBrowser("2001:db8::ffff:1").LoginAsync("person30@example.com", "wrong")).Code);
        Assert.Equal("auth.invalid", (await _host.NewBrowser("2001:db8:0:1::1").LoginAsync("person30@example.com", "wrong")).Code);
    }

    private Task<Answer> FailAsync(string email) => _host.NewBrowser().LoginAsync(email, "wrong");
}
