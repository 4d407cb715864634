using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Realtime;

/// <summary>Telling people something over HTTP: who may, to whom it goes, and that it goes once.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private const string Path = "/api/realtime/websocket";
    private const string Plain = """{"type":"system:alert","data":{"title":"Recall"}}""";
    private static readonly Guid Store = StoreApi.Store;
    private static readonly Guid OtherStore = StoreApi.OtherStore;

    private ApiHost _host = null!;
    private StoreApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _api = new StoreApi(_host);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_managers_notice_reaches_their_store_and_is_sent_again_to_who_was_away()
    {
        await using var staff = await FollowAsync(Role.Staff, Store, $"store:{Store}");
        var (seq, epoch) = staff.From;

        var sent = await _api.PostAsync(Path, """{"type":"system:alert","data":{"title":"Recall","message":"Lot 4711","lots":[4711]}}""");
        var heard = await staff.Client.UntilAsync("system:alert");
        await using var away = await FollowAsync(Role.Staff, Store, $"store:{Store}", seq, epoch);
        var replayed = await away.Client.UntilAsync("system:alert");

        Assert.Equal((201, $"system:{Store}"), (sent.Status, heard.GetProperty("channel").GetString()));
        Assert.Equal(heard.ToString(), replayed.ToString());
        Assert.Equal(heard.GetProperty("seq").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), sent.Headers.GetValues("ChainSync-Seq").Single());
        var data = heard.GetProperty("data");
        Assert.Equal(("Recall", "Lot 4711", 4711, "Manager"), (Text(data, "title"), Text(data, "message"), data.GetProperty("lots")[0].GetInt32(), Text(data, "actorName")));
        Assert.Equal(sent.Json.GetProperty("id").GetGuid(), data.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Without_a_target_an_administrators_notice_goes_to_every_store_once_whatever_is_repeated()
    {
        var (admin, key) = (_api.Client(Role.Admin), _api.NewId());
        var before = await NoticesAsync();

        var first = await _api.PostAsync(Path, Plain, admin, key);
        var again = await _api.PostAsync(Path, Plain, admin, key);

        Assert.Equal(TestChain.StoreIds.Order(), first.Json.GetProperty("stores").EnumerateArray().Select(s => s.GetProperty("storeId").GetGuid()).Order());
        Assert.Equal((201, first.Text), (again.Status, again.Text));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(before + TestChain.StoreIds.Count, await NoticesAsync());
    }

    [Fact]
    public async Task A_repeat_after_a_failure_half_way_reaches_the_stores_that_are_left()
    {
        var (admin, key) = (_api.Client(Role.Admin), _api.NewId());
        await _api.PostAsync(Path, Plain, admin, key);
        // As if the server had died after the first store.
        foreach (var store in TestChain.StoreIds.Skip(1)) await ForgetAsync(store, key);

        var again = await _api.PostAsync(Path, Plain, admin, key);

        Assert.Equal(TestChain.StoreIds.Count, again.Json.GetProperty("stores").GetArrayLength());
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(TestChain.StoreIds.Count, await _host.Chain.ScalarAsync<long>("select count(*) from operation where op_id = $1", key));
    }

    [Fact]
    public async Task A_key_used_for_another_notice_is_refused_before_any_store_has_it()
    {
        var (admin, key) = (_api.Client(Role.Admin), _api.NewId());
        var last = TestChain.StoreIds.Order().Last();
        await _api.PostAsync(Path, $$"""{"type":"system:alert","data":{},"targetChannel":"store:{{last}}"}""", admin, key);
        var before = await NoticesAsync();

        var other = await _api.PostAsync(Path, Plain, admin, key);

        Assert.Equal((422, "operation.reused"), (other.Status, other.Code));
        Assert.Equal(before, await NoticesAsync());
    }

    [Fact]
    public async Task A_notice_to_a_channel_is_heard_by_those_who_may_follow_it()
    {
        await using var manager = await FollowAsync(Role.Manager, Store, $"payments:{Store}");
        await using var staff = await FollowAsync(Role.Staff, Store, $"store:{Store}");

        await _api.PostAsync(Path, $$"""{"type":"system:notification","data":{"title":"Terminal 2 is down"},"targetChannel":"payments:{{Store}}"}""");
        await _api.PostAsync(Path, $$"""{"type":"system:maintenance","data":{},"targetChannel":"products:{{Store}}"}""");

        Assert.Equal($"payments:{Store}", (await manager.Client.UntilAsync("system:notification")).GetProperty("channel").GetString());
        Assert.Equal("system:maintenance", (await staff.Client.NextAsync()).GetProperty("type").GetString()); // nothing of payments before it
    }

    [Fact]
    public async Task A_bare_namespace_means_it_in_each_of_the_senders_stores()
    {
        var two = _api.Client(Role.Manager, Store, OtherStore);

        var sent = await _api.PostAsync(Path, """{"type":"system:alert","data":{},"targetChannel":"inventory"}""", two);

        Assert.Equivalent(new[] { Store, OtherStore }, sent.Json.GetProperty("stores").EnumerateArray().Select(s => s.GetProperty("storeId").GetGuid()), strict: true);
    }

    [Fact]
    public async Task A_notice_to_one_person_is_heard_by_nobody_else_not_even_the_sender()
    {
        var ada = await AccountAsync(Role.Staff, Store);
        await using var hers = await FollowAsync(ada, $"store:{Store}");
        await using var colleague = await FollowAsync(Role.Staff, Store, $"store:{Store}");
        await using var admin = await FollowAsync(Role.Admin, Store, $"store:{Store}");

        await _api.PostAsync(Path, $$"""{"type":"system:notification","data":{"title":"Call home"},"targetUserId":"{{ada.Id}}"}""");
        await _api.PostAsync(Path, Plain);

        Assert.Equal("Call home", Text((await hers.Client.NextAsync()).GetProperty("data"), "title"));
        Assert.Equal("Recall", Text((await colleague.Client.NextAsync()).GetProperty("data"), "title"));
        Assert.Equal("Recall", Text((await admin.Client.NextAsync()).GetProperty("data"), "title"));
    }

    [Fact]
    public async Task Somebody_of_another_store_is_as_unknown_as_nobody()
    {
        var stranger = await AccountAsync(Role.Staff, OtherStore);

        foreach (var person in new[] { stranger.Id, _api.NewId() })
            await _api.RefusedAsync("common.unknown-reference", () => _api.PostAsync(Path, $$"""{"type":"system:alert","data":{},"targetUserId":"{{person}}"}"""));
    }

    [Fact]
    public async Task Staff_and_customers_send_none_and_guests_are_asked_to_sign_in()
    {
        foreach (var role in new[] { Role.Staff, Role.Customer })
            await _api.RefusedAsync("common.forbidden", () => _api.PostAsync(Path, Plain, _api.Client(role, Store)));
        await _api.RefusedAsync("auth.missing", () => _api.PostAsync(Path, Plain, _api.Guest));
    }

    [Fact]
    public async Task Channels_of_other_stores_of_none_and_those_one_may_not_see_are_all_not_there()
    {
        foreach (var channel in new[] { $"orders:{OtherStore}", $"orders:{Guid.Empty}", $"system:{Store}", $"secrets:{Store}", "secrets", "", "orders:" })
            await _api.RefusedAsync("common.not-found", () => _api.PostAsync(Path, $$"""{"type":"system:alert","data":{},"targetChannel":"{{channel}}"}"""));
    }

    [Fact]
    public async Task What_is_out_of_bounds_is_refused_and_blamed()
    {
        var answer = await _api.RefusedAsync("common.invalid", () => _api.PostAsync(Path, """{"type":"sale:created","data":{"id":1,"title":7}}"""));

        Assert.Equal("data.id data.title type", string.Join(' ', answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order()));
    }

    [Fact]
    public async Task A_notice_is_in_the_stores_log_with_who_sent_it()
    {
        var sent = await _api.PostAsync(Path, Plain);

        var actor = await _host.Chain.ScalarAsync<string>(
            "select after::json ->> 'actorName' from change_log where store_id = $1 and seq = $2 and entity = 'notice' and actor_id is not null",
            Store, sent.Json.GetProperty("stores")[0].GetProperty("seq").GetInt64());
        Assert.Equal("Manager", actor);
    }

    private static string? Text(JsonElement data, string name) => data.GetProperty(name).GetString();

    private Task<long> NoticesAsync() => _host.Chain.ScalarAsync<long>("select count(*) from change_log where entity = 'notice'");

    private async Task ForgetAsync(Guid store, Guid key)
    {
        await using var command = _host.Chain.Source.CreateCommand("delete from operation where store_id = $1 and op_id = $2");
        command.Parameters.Add(new() { Value = store });
        command.Parameters.Add(new() { Value = key });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<Person> AccountAsync(Role role, Guid store)
    {
        var id = _api.NewId();
        var create = new CreateAccount(id, $"{id}@example.com", "Ada", role, [store], "correct horse battery");
        var handler = _host.Services.GetRequiredService<CreateAccountHandler>();
        Assert.True((await handler.HandleAsync(create, _api.NewId(), Caller.System, CancellationToken.None)).IsAccepted);
        return new Person(id, null, "Ada", role, [store], CustomerId: null, SecretHash: "");
    }

    private Task<Follower> FollowAsync(Role role, Guid store, string channel, long? since = null, Guid? epoch = null) =>
        FollowAsync(new Person(_api.NewId(), null, $"{role}", role, [store], CustomerId: null, SecretHash: ""), channel, since, epoch);

    private async Task<Follower> FollowAsync(Person person, string channel, long? since = null, Guid? epoch = null)
    {
        var client = await HubClient.ConnectAsync(_host.Address, _host.Services.GetRequiredService<TokenIssuer>().Issue(person, _api.NewId()).Token);
        var at = (await client.SubscribeAsync(channel, since, epoch)).GetProperty("data");
        return new Follower(client, (at.GetProperty("seq").GetInt64(), at.GetProperty("epoch").GetGuid()));
    }

    private sealed record Follower(HubClient Client, (long Seq, Guid Epoch) From) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
