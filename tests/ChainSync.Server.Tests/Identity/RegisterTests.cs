using System.Net;
using ChainSync.Core;
using ChainSync.Core.Identity;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class RegisterTests : IAsyncLifetime
{
    private const string KeyHeader = "ChainSync-Register-Key";

    private IdentityHost _host = null!;
    private Browser _manager = null!;
    private Guid _register;
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync();
        _manager = _host.NewBrowser();
        await _manager.LoginAsync("manager@example.com");
        _register = Ids.New(_host.Clock);
        _key = (await CreateAsync(_manager, IdentityHost.First, _register, Ids.New(_host.Clock))).Json.GetProperty("key").GetString()!;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_PIN_at_its_till_gives_a_session_of_the_employee_in_that_store()
    {
        var till = Till();

        var answer = await till.PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var user = answer.Json.GetProperty("user");
        Assert.Equal((IdentityHost.StaffId, "Sam Staff", "staff"), (user.GetProperty("id").GetGuid(), user.GetProperty("name").GetString(), user.GetProperty("role").GetString()));
        Assert.Equal([IdentityHost.First], user.GetProperty("storeIds").EnumerateArray().Select(s => s.GetGuid()));
        Assert.Equal(HttpStatusCode.OK, (await till.RefreshAsync()).Status);
        Assert.Equal(user.ToString(), (await till.GetAsync("/api/auth/me")).Json.ToString());
    }

    [Fact]
    public async Task A_PIN_session_ends_with_the_working_day()
    {
        var till = Till();
        await till.PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin);
        _host.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.OK, (await till.RefreshAsync()).Status);

        _host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("auth.expired", (await till.RefreshAsync()).Code);
    }

    [Fact]
    public async Task A_till_out_of_use_takes_no_PIN_and_refreshes_no_session()
    {
        var till = Till();
        await till.PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin);
        await _host.QueryAsync<int>("update registers set active = false");

        Assert.Equal("auth.invalid", (await till.RefreshAsync()).Code);
        Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin)).Code);
    }

    [Fact]
    public async Task An_employee_who_left_cannot_sign_in()
    {
        await _host.QueryAsync<int>("update employees set active = false where name = 'Sam Staff'");

        Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin)).Code);
    }

    [Fact]
    public async Task Without_the_tills_key_the_right_PIN_is_refused_and_the_till_stays_open()
    {
        foreach (var key in new[] { "", "wrong", _key[..^1], _key + "A", new string('x', 5_000) })
        {
            var stranger = Till();
            stranger.Headers[KeyHeader] = key;
            Assert.Equal("auth.invalid", (await stranger.PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin)).Code);
        }

        Assert.Equal(HttpStatusCode.OK, (await Till().PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin)).Status);
    }

    [Fact]
    public async Task A_till_of_one_store_is_none_of_another()
    {
        var added = await _host.TryAddEmployeeAsync(
            new CreateEmployee(IdentityHost.Second, Ids.New(_host.Clock), "Sue Second", null, Role.Staff, "7777"), Caller.System);
        Assert.True(added.IsAccepted);

        Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.Second, _register, "7777")).Code);
        Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.First, _register, "7777")).Code);
    }

    [Fact]
    public async Task Wrong_PINs_lock_the_till_and_ones_own_PIN_does_not_wipe_them_out()
    {
        for (var i = 0; i < 4; i++) Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.First, _register, $"900{i}")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Till().PinAsync(IdentityHost.First, _register, IdentityHost.StaffPin)).Status);
        Assert.Equal("auth.invalid", (await Till().PinAsync(IdentityHost.First, _register, "9004")).Code);

        var locked = await Till().PinAsync(IdentityHost.First, _register, IdentityHost.ManagerPin);
        Assert.Equal(((HttpStatusCode)423, TimeSpan.FromSeconds(30)), (locked.Status, locked.RetryAfter));
        _host.Clock.Advance(locked.RetryAfter!.Value);
        Assert.Equal(HttpStatusCode.OK, (await Till().PinAsync(IdentityHost.First, _register, IdentityHost.ManagerPin)).Status);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("123456789")]
    [InlineData("12a4")]
    [InlineData("١٢٣٤")]
    public async Task What_cannot_be_a_PIN_is_refused(string pin) =>
        Assert.Equal("common.invalid", (await Till().PinAsync(IdentityHost.First, _register, pin)).Code);

    [Fact]
    public async Task Two_employees_of_a_store_cannot_have_one_PIN_and_the_refusal_names_no_one()
    {
        var outcome = await _host.TryAddEmployeeAsync(
            new CreateEmployee(IdentityHost.First, Ids.New(_host.Clock), "Tom Twin", null, Role.Staff, IdentityHost.StaffPin), Caller.System);

        Assert.Equal("common.already-exists", outcome.Rejection?.Code);
        Assert.DoesNotContain("Sam", outcome.Rejection!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_cannot_make_another_manager()
    {
        var manager = new Caller(IdentityHost.ManagerId, "Mona", Role.Manager, new HashSet<Guid> { IdentityHost.First });

        var equal = await _host.TryAddEmployeeAsync(new(IdentityHost.First, Ids.New(_host.Clock), "New", null, Role.Manager, null), manager);
        var staff = await _host.TryAddEmployeeAsync(new(IdentityHost.First, Ids.New(_host.Clock), "New", null, Role.Staff, null), manager);
        var elsewhere = await _host.TryAddEmployeeAsync(new(IdentityHost.Second, Ids.New(_host.Clock), "New", null, Role.Staff, null), manager);

        Assert.Equal("common.forbidden", equal.Rejection?.Code);
        Assert.True(staff.IsAccepted);
        Assert.Equal("common.not-found", elsewhere.Rejection?.Code);
    }

    [Fact]
    public async Task A_repeat_of_a_lost_answer_shows_the_same_key_and_the_database_never_holds_it()
    {
        var (register, operation) = (Ids.New(_host.Clock), Ids.New(_host.Clock));

        var first = await CreateAsync(_manager, IdentityHost.First, register, operation);
        var repeat = await CreateAsync(_manager, IdentityHost.First, register, operation);

        Assert.Equal((HttpStatusCode.Created, first.Body, true), (repeat.Status, repeat.Body, repeat.IsReplay));
        var key = first.Json.GetProperty("key").GetString();
        Assert.Equal(0L, await _host.QueryAsync<long>($"select count(*) from operation where response like '%{key}%'"));
        Assert.Equal(0L, await _host.QueryAsync<long>("select count(*) from change_log where entity = 'register' and after ilike '%key%'"));
    }

    [Fact]
    public async Task Registers_of_a_store_are_numbered_without_a_gap_however_many_come_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(_manager, IdentityHost.First, Ids.New(_host.Clock), Ids.New(_host.Clock))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(Enumerable.Range(2, 8), answers.Select(a => a.Json.GetProperty("number").GetInt32()).Order());
        var list = (await _manager.GetAsync($"/api/stores/{IdentityHost.First}/registers")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 9).Select(n => $"S1-R{n}"), list.Select(r => r.GetProperty("series").GetString()));
        Assert.All(list, r => Assert.Equal(0, r.GetProperty("lastReceiptNumber").GetInt64()));
        Assert.All(list, r => Assert.False(r.TryGetProperty("key", out _)));
    }

    [Theory]
    [InlineData("staff@example.com", "11111111-0000-7000-8000-000000000001", 403, "common.forbidden")]
    [InlineData("manager@example.com", "11111111-0000-7000-8000-000000000001", 201, "")]
    [InlineData("manager@example.com", "00000000-0000-0000-0000-000000000000", 422, "common.invalid")]
    [InlineData(null, "11111111-0000-7000-8000-000000000001", 401, "auth.missing")]
    public async Task Only_a_manager_registers_a_till(string? email, string register, int status, string code)
    {
        var browser = _host.NewBrowser();
        if (email is not null) await browser.LoginAsync(email);

        var answer = await CreateAsync(browser, IdentityHost.First, Guid.Parse(register), Ids.New(_host.Clock));

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
    }

    [Fact]
    public async Task Another_store_is_not_there()
    {
        Assert.Equal("common.not-found", (await CreateAsync(_manager, IdentityHost.Second, Ids.New(_host.Clock), Ids.New(_host.Clock))).Code);
        Assert.Equal("common.not-found", (await _manager.GetAsync($"/api/stores/{IdentityHost.Second}")).Code);
        Assert.Equal("common.not-found", (await _manager.GetAsync($"/api/stores/{IdentityHost.Second}/registers")).Code);
        Assert.Equal("common.not-found", (await _manager.GetAsync($"/api/stores/{Guid.Empty}")).Code);
    }

    [Fact]
    public async Task A_store_says_what_a_till_needs()
    {
        var store = (await _manager.GetAsync($"/api/stores/{IdentityHost.First}")).Json;

        Assert.Equal(("S1", "EUR", 2, true), (store.GetProperty("code").GetString(), store.GetProperty("currency").GetString(), store.GetProperty("currencyDigits").GetInt32(), store.GetProperty("pricesIncludeTax").GetBoolean()));
        Assert.Equal(190_000, store.GetProperty("taxClasses")[0].GetProperty("ratePpm").GetInt32());
    }

    [Fact]
    public async Task Everybody_lists_their_own_stores_only()
    {
        var admin = _host.NewBrowser();
        await admin.LoginAsync("admin@example.com");

        Assert.Equal(["S1", "S2"], await CodesAsync(admin));
        Assert.Equal(["S1"], await CodesAsync(_manager));
    }

    private static async Task<IEnumerable<string?>> CodesAsync(Browser browser) =>
        (await browser.GetAsync("/api/stores")).Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("code").GetString()).ToList();

    private Browser Till()
    {
        var till = _host.NewBrowser();
        till.Headers[KeyHeader] = _key;
        return till;
    }

    private static Task<Answer> CreateAsync(Browser browser, Guid storeId, Guid register, Guid operation) =>
        browser.PostAsync($"/api/stores/{storeId}/registers", $$"""{"id":"{{register}}","name":"Counter"}""", operation);
}
