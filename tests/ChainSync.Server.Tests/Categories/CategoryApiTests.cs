using ChainSync.Core.Identity;
using Xunit;
using static ChainSync.Server.Tests.StoreApi;

namespace ChainSync.Server.Tests.Categories;

public sealed class CategoryApiTests : IAsyncLifetime
{
    private StoreApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Categories_are_listed_by_position_then_name_whatever_the_page_size()
    {
        await CreateAsync("Bakery", position: 2);
        await CreateAsync("Fruit", position: 1);
        await CreateAsync("Drinks", position: 2);
        await CreateAsync("Drinks", position: 2);

        Assert.Equal(["Fruit", "Bakery", "Drinks", "Drinks"], await _api.NamesAsync(At("categories"), _api.Guest));
        Assert.Equal(["Fruit", "Bakery", "Drinks", "Drinks"], await _api.NamesAsync(At("categories?limit=1")));
        Assert.Empty(await _api.NamesAsync(At("categories", OtherStore), _api.Guest));
    }

    [Fact]
    public async Task A_category_is_patched_archived_and_then_only_staff_see_it()
    {
        var id = await CreateAsync("Drinks");
        var patched = await _api.PatchAsync(At($"categories/{id}"), """{"name":"Cold drinks","position":7}""", version: 1);
        var archived = await _api.DeleteAsync(At($"categories/{id}"), version: 2);

        Assert.Equal(("Cold drinks", 7), (patched.Json.GetProperty("name").GetString(), patched.Json.GetProperty("position").GetInt32()));
        Assert.Equal((200, false, 3L), (archived.Status, archived.Json.GetProperty("active").GetBoolean(), archived.Json.GetProperty("syncVersion").GetInt64()));
        Assert.Empty(await _api.NamesAsync(At("categories?active=false"), _api.Guest));
        Assert.Equal(["Cold drinks"], await _api.NamesAsync(At("categories?active=false"), _api.Staff));
        await _api.RefusedAsync("common.version-conflict", () => _api.PatchAsync(At($"categories/{id}"), """{"position":8}""", version: 2));
    }

    [Fact]
    public async Task A_category_cannot_stand_below_itself_at_any_depth()
    {
        var top = await CreateAsync("Top");
        var middle = await CreateAsync("Middle", parent: top);
        var bottom = await CreateAsync("Bottom", parent: middle);

        foreach (var parent in new[] { top, middle, bottom })
        {
            var refused = await _api.RefusedAsync("common.invalid", () => _api.PatchAsync(At($"categories/{top}"), $$"""{"parentId":"{{parent}}"}"""));
            Assert.True(refused.Json.GetProperty("errors").TryGetProperty("parentId", out _));
        }
        Assert.Equal(200, (await _api.PatchAsync(At($"categories/{bottom}"), $$"""{"parentId":"{{top}}"}""")).Status);
        Assert.Equal(200, (await _api.PatchAsync(At($"categories/{middle}"), $$"""{"parentId":"{{bottom}}"}""")).Status);
    }

    [Fact]
    public async Task Two_moves_at_once_never_close_a_circle()
    {
        var (a, b) = (await CreateAsync("A"), await CreateAsync("B"));
        var moves = await Task.WhenAll(
            _api.PatchAsync(At($"categories/{a}"), $$"""{"parentId":"{{b}}"}"""), _api.PatchAsync(At($"categories/{b}"), $$"""{"parentId":"{{a}}"}"""));

        Assert.Equal([200, 422], moves.Select(m => m.Status).Order());
        Assert.Equal(1L, await _api.Chain.ScalarAsync<long>("select count(*) from categories where parent_id is not null"));
    }

    [Theory]
    [InlineData("common.invalid", """{"name":""}""")]
    [InlineData("common.malformed-json", """{"name":7}""")]
    [InlineData("common.invalid", """{"position":-1}""")]
    [InlineData("common.malformed-json", """{"position":3000000000}""")]
    [InlineData("common.malformed-json", """{"parentId":"drinks"}""")]
    [InlineData("common.unknown-reference", """{"parentId":"01900000-0000-7000-8000-000000000000"}""")]
    [InlineData("common.malformed-json", """{"colour":"red"}""")]
    public async Task Bad_input_is_refused_with_its_field_and_writes_nothing(string code, string change)
    {
        var id = await CreateAsync("Drinks");
        var patched = await _api.RefusedAsync(code, () => _api.PatchAsync(At($"categories/{id}"), change));
        var created = await _api.RefusedAsync(code, () => _api.PostAsync(
            At("categories"), $$"""{"id":"{{_api.NewId()}}",{{(change.Contains("name", StringComparison.Ordinal) ? "" : "\"name\":\"x\",")}}{{change[1..]}}"""));

        Assert.NotEmpty(patched.Json.GetProperty("errors").EnumerateObject());
        Assert.NotEmpty(created.Json.GetProperty("errors").EnumerateObject());
    }

    [Fact]
    public async Task Only_managers_of_the_store_write()
    {
        var body = $$"""{"id":"{{_api.NewId()}}","name":"Drinks"}""";
        await _api.RefusedAsync("auth.missing", () => _api.PostAsync(At("categories"), body, _api.Guest));
        await _api.RefusedAsync("common.forbidden", () => _api.PostAsync(At("categories"), body, _api.Staff));
        await _api.RefusedAsync("common.not-found", () => _api.PostAsync(At("categories"), body, _api.Client(Role.Manager, OtherStore)));
        await _api.RefusedAsync("common.not-found", () => _api.GetAsync(At("categories"), _api.Client(Role.Staff, OtherStore)));
    }

    private async Task<Guid> CreateAsync(string name, int position = 0, Guid? parent = null)
    {
        var id = _api.NewId();
        var parentId = parent is null ? "null" : $"\"{parent}\"";
        var created = await _api.PostAsync(At("categories"), $$"""{"id":"{{id}}","name":"{{name}}","position":{{position}},"parentId":{{parentId}}}""");
        Assert.True(created.Status == 201, created.Text);
        return id;
    }
}
