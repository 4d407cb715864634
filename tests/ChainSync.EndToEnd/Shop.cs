using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Products;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Stores;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.EndToEnd;

/// <summary>A chain that is open for business: the real server with its pages, people to sign in as, and thousands of products in the first store.</summary>
public sealed class Shop : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    public const string Manager = "manager@example.com";
    public const string Staff = "staff@example.com";
    public const string OtherManager = "other@example.com";
    public const string Customer = "customer@example.com";

    /// <summary>Products of the first store beside those of every <see cref="TestChain"/>.</summary>
    public const int Articles = 3_000;

    private ApiHost _host = null!;

    public static Guid First => TestChain.StoreIds[0];

    public static Guid Second => TestChain.StoreIds[1];

    public Uri Address => _host.Address;

    public TestChain Chain => _host.Chain;

    /// <summary>The server's time: the real one, which a test can move forward.</summary>
    public MovableClock Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var chain = await TestChain.CreateAsync();
        await AddArticlesAsync(chain);
        _host = await ApiHost.StartAsync(chain, Clock);
        await AddAccountAsync(Manager, "Mona", Role.Manager, First);
        await AddAccountAsync(Staff, "Sam", Role.Staff, First);
        await AddAccountAsync(OtherManager, "Otto", Role.Manager, Second);
        await AddAccountAsync(Customer, "Carla", Role.Customer, First);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _host.Chain.DisposeAsync();
    }

    /// <summary>The barcode of one of every store's own five products, 0 for the one that costs 1.00, 1 for 2.00 and so on.</summary>
    public static string Barcode(int product) => string.Create(CultureInfo.InvariantCulture, $"400000000000{product}");

    /// <summary>An access token of somebody's, as a program of theirs would ask for it.</summary>
    public async Task<string> TokenAsync(string email)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.PostAsJsonAsync("/api/auth/login", new { email, password = Password });
        var grant = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return grant.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Somebody who signs in at the first store's tills with a PIN.</summary>
    public async Task AddEmployeeAsync(string name, string pin)
    {
        var command = new CreateEmployee(First, Ids.New(Clock), name, null, Role.Staff, pin);
        var outcome = await _host.Services.GetRequiredService<CreateEmployeeHandler>().HandleAsync(command, Ids.New(Clock), Caller.System, CancellationToken.None);
        Assert.True(outcome.IsAccepted);
    }

    private async Task AddAccountAsync(string email, string name, Role role, Guid storeId)
    {
        var command = new CreateAccount(Ids.New(Clock), email, name, role, [storeId], Password);
        var outcome = await _host.Services.GetRequiredService<CreateAccountHandler>().HandleAsync(command, Ids.New(Clock), Caller.System, CancellationToken.None);
        Assert.True(outcome.IsAccepted);
    }

    private static async Task AddArticlesAsync(TestChain chain)
    {
        var operation = new Operation(Ids.New(chain.Clock), "product.create", First, SHA256.HashData([]));
        var outcome = await chain.Writer.CommitAsync(operation, Caller.System, ChainSyncJson.Default.Product, 201, db =>
        {
            var articles = Enumerable.Range(0, Articles).Select(Article).ToList();
            db.Products.AddRange(articles);
            return Task.FromResult<Outcome<Product>>(articles[0]);
        }, CancellationToken.None);
        Assert.True(outcome.IsAccepted);
    }

    private static Product Article(int number)
    {
        var digits = number.ToString("0000", CultureInfo.InvariantCulture);
        return new Product
        {
            StoreId = First, Id = Ids.Named(First, $"article-{number}"), Sku = $"A{digits}", Name = $"Article {digits}",
            PriceMinor = 99 + (10 * (number % 500)), TaxClassId = CreateStore.TaxClassId(First, "standard"), Barcodes = [$"500000000{digits}"],
        };
    }
}
