using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;
using static ChainSync.Server.Tests.StoreApi;

namespace ChainSync.Server.Tests.Customers;

public sealed class CustomerApiTests : IAsyncLifetime
{
    private StoreApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Staff_create_read_and_edit_customers()
    {
        var id = await CreateAsync("Amira", "Amira@Demo.example", "+49 30 5550101");
        var read = await _api.GetAsync(At($"customers/{id}"), _api.Staff);
        var patched = await _api.PatchAsync(At($"customers/{id}"), """{"phone":null,"name":"Amira K."}""", version: 1, _api.Staff);

        Assert.Equal("amira@demo.example", read.Json.GetProperty("email").GetString());
        Assert.Equal((0L, 0L), (read.Json.GetProperty("totalSpentMinor").GetInt64(), read.Json.GetProperty("totalOrders").GetInt64()));
        Assert.False(patched.Json.TryGetProperty("phone", out _));
        Assert.Equal(("Amira K.", 2L), (patched.Json.GetProperty("name").GetString(), patched.Json.GetProperty("syncVersion").GetInt64()));
    }

    [Fact]
    public async Task A_managers_delete_archives_and_staff_may_not()
    {
        var id = await CreateAsync("Ben");
        await _api.RefusedAsync("common.forbidden", () => _api.DeleteAsync(At($"customers/{id}"), client: _api.Staff));
        var archived = await _api.DeleteAsync(At($"customers/{id}"));

        Assert.Equal((200, false), (archived.Status, archived.Json.GetProperty("active").GetBoolean()));
        Assert.Empty(await _api.NamesAsync(At("customers")));
        Assert.Equal(["Ben"], await _api.NamesAsync(At("customers?active=false")));
    }

    [Fact]
    public async Task What_they_bought_shows_in_the_list_and_is_not_theirs_to_edit()
    {
        var id = await CreateAsync("Chiara");
        var sale = TestSales.Of(_api.Chain, Store, (0, 2_000)) with { CustomerId = id };
        await TestSales.RecordAsync(_api.Chain, TestSales.OperationOf(_api.Chain, Store, sale), sale);

        var listed = (await _api.GetAsync(At("customers"))).Json.GetProperty("items")[0];

        Assert.Equal((200L, 1L), (listed.GetProperty("totalSpentMinor").GetInt64(), listed.GetProperty("totalOrders").GetInt64()));
        Assert.Equal(sale.SoldAt, listed.GetProperty("lastOrderAt").GetDateTimeOffset());
        Assert.Equal(1, (await _api.PatchAsync(At($"customers/{id}"), """{"name":"Chiara"}""")).Json.GetProperty("totalOrders").GetInt64());
        await _api.RefusedAsync("common.malformed-json", () => _api.PatchAsync(At($"customers/{id}"), """{"totalSpentMinor":0}"""));
    }

    [Theory]
    [InlineData("ami", "Amira Novak")]
    [InlineData("nov ami", "Amira Novak")]
    [InlineData("amira@dem", "Amira Novak")]
    [InlineData("AMIRA@demo.example", "Amira Novak")]
    [InlineData("5550101", "Amira Novak")]
    [InlineData("0171-555", "Ben Okafor")]
    [InlineData("o'b", "Cleo O'Brien")]
    [InlineData("nobody", "")]
    public async Task Search_finds_by_name_telephone_and_address(string typed, string found)
    {
        await CreateAsync("Amira Novak", "amira@demo.example", "+49 30 5550101");
        await CreateAsync("Ben Okafor", "ben@demo.example", "0171-5550202");
        await CreateAsync("Cleo O'Brien");

        Assert.Equal(found, string.Join(", ", await _api.NamesAsync(At("customers?q=" + Uri.EscapeDataString(typed)))));
    }

    [Fact]
    public async Task Pages_hold_every_customer_once()
    {
        for (var i = 0; i < 7; i++) await CreateAsync(i < 4 ? "Same" : $"Name {i}");

        var paged = await _api.NamesAsync(At("customers?limit=3"));

        Assert.Equal(await _api.NamesAsync(At("customers")), paged);
        Assert.Equal(7, paged.Count);
    }

    [Fact]
    public async Task Customers_are_the_business_of_the_stores_staff_alone()
    {
        var id = await CreateAsync("Dana");
        await _api.RefusedAsync("auth.missing", () => _api.GetAsync(At("customers"), _api.Guest));
        foreach (var stranger in new[] { _api.Client(Role.Customer, Store), _api.Client(Role.Manager, OtherStore) })
        {
            await _api.RefusedAsync("common.not-found", () => _api.GetAsync(At("customers"), stranger));
            await _api.RefusedAsync("common.not-found", () => _api.GetAsync(At($"customers/{id}"), stranger));
        }
        await _api.RefusedAsync("common.not-found", () => _api.PatchAsync(At($"customers/{id}"), """{"name":"x"}""", client: _api.Client(Role.Manager, OtherStore)));
        await _api.RefusedAsync("common.not-found", () => _api.GetAsync(At($"customers/{id}", OtherStore), _api.Client(Role.Manager, OtherStore)));
    }

    [Theory]
    [InlineData("common.invalid", """{"name":""}""")]
    [InlineData("common.malformed-json", """{"name":["x"]}""")]
    [InlineData("common.invalid", """{"email":"nobody"}""")]
    [InlineData("common.invalid", """{"email":"@"}""")]
    [InlineData("common.invalid", """{"email":""}""")]
    [InlineData("common.invalid", """{"phone":"call me"}""")]
    [InlineData("common.invalid", """{"phone":"1234567890123456789012345678901234567890123"}""")]
    [InlineData("common.malformed-json", """{"active":"yes"}""")]
    [InlineData("common.malformed-json", """{"externalId":"7"}""")]
    public async Task Bad_input_is_refused_with_its_field_and_writes_nothing(string code, string change)
    {
        var id = await CreateAsync("Eli");
        var patched = await _api.RefusedAsync(code, () => _api.PatchAsync(At($"customers/{id}"), change));
        var created = await _api.RefusedAsync(code, () => _api.PostAsync(
            At("customers"), $$"""{"id":"{{_api.NewId()}}",{{(change.Contains("name", StringComparison.Ordinal) ? "" : "\"name\":\"x\",")}}{{change[1..]}}"""));

        Assert.NotEmpty(patched.Json.GetProperty("errors").EnumerateObject());
        Assert.NotEmpty(created.Json.GetProperty("errors").EnumerateObject());
    }

    private async Task<Guid> CreateAsync(string name, string? email = null, string? phone = null)
    {
        var id = _api.NewId();
        string Text(string? text) => text is null ? "null" : $"\"{text}\"";
        var created = await _api.PostAsync(
            At("customers"), $$"""{"id":"{{id}}","name":{{Text(name)}},"email":{{Text(email)}},"phone":{{Text(phone)}}}""", _api.Staff);
        Assert.True(created.Status == 201, created.Text);
        return id;
    }
}
