using System.Text;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Demo;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChainSync.Server.Tests.Demo;

public sealed class DemoSeedTests : IAsyncLifetime
{
    private static readonly DatabaseTemplate Empty = new((source, token) => Migrator.MigrateAsync(source, token));

    private readonly TestClock _clock = new();
    private TestDatabase _database = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Empty);
        _app = Build(demo: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_demo_is_a_chain_with_a_month_behind_it_and_business_today()
    {
        Assert.True(await _app.SeedDemoAsync(CancellationToken.None));

        Assert.Equal(3L, await CountAsync("stores"));
        Assert.Equal(3L * 201, await CountAsync("products"));
        Assert.Equal(3L * 40, await CountAsync("customers"));
        Assert.InRange(await CountAsync("sales"), 2_000, 5_000);
        Assert.Equal(0L, await CountAsync("sales where cardinality(flags) > 0"));
        Assert.Equal(3L, await CountAsync("(select from sales s join stores t on t.id = s.store_id where s.business_date = ($1 at time zone t.time_zone)::date group by s.store_id)", _clock.GetUtcNow()));
        Assert.Equal(0L, await CountAsync("sales where created_at > $1", _clock.GetUtcNow()));
        Assert.Equal(0L, await CountAsync("stock where on_hand_milli <= 0"));
        Assert.All(await BarcodesAsync(), code => Assert.True(IsEan13(code) && code.StartsWith('2'), code));
    }

    [Fact]
    public async Task Seeding_again_adds_nothing_even_on_another_day()
    {
        await _app.SeedDemoAsync(CancellationToken.None);
        var before = await HeadsAsync();
        _clock.Advance(TimeSpan.FromDays(2));

        await _app.SeedDemoAsync(CancellationToken.None);

        Assert.Equal(before, await HeadsAsync());
    }

    [Fact]
    public async Task A_seed_that_was_cut_off_is_completed_by_the_next_one()
    {
        using var cut = new CancellationTokenSource();
        var signal = _app.Services.GetRequiredService<LogSignal>();
        var cutting = Task.Run(async () =>
        {
            for (var commits = 0; commits < 12;) commits += (await signal.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None)).Count;
            await cut.CancelAsync();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _app.SeedDemoAsync(cut.Token));
        await cutting;
        var half = await CountAsync("sales");
        _clock.Advance(TimeSpan.FromDays(1));

        await _app.SeedDemoAsync(CancellationToken.None);

        Assert.True(await CountAsync("sales") > half);
        Assert.Equal(4L, await CountAsync("accounts"));
        Assert.Equal(0L, await CountAsync("(select from sales group by store_id, receipt_series having count(*) <> max(receipt_number))"));
    }

    [Theory]
    [InlineData("admin", "admin", 3)]
    [InlineData("manager", "manager", 1)]
    [InlineData("staff", "staff", 1)]
    [InlineData("customer", "customer", 1)]
    public async Task The_demo_accounts_sign_in(string name, string role, int stores)
    {
        await _app.SeedDemoAsync(CancellationToken.None);
        _app.UseChainSync();
        await _app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        using var body = new StringContent($$"""{"email":"{{name}}@demo.example","password":"chainsync-demo"}""", Encoding.UTF8, "application/json");

        var answer = await ApiAnswer.OfAsync(await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), body));

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(role, answer.Json.GetProperty("user").GetProperty("role").GetString());
        Assert.Equal(stores, answer.Json.GetProperty("user").GetProperty("storeIds").GetArrayLength());
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_seeded()
    {
        await using var app = Build(demo: null);

        Assert.False(await app.SeedDemoAsync(CancellationToken.None));
        Assert.Equal(0L, await CountAsync("stores"));
    }

    [Fact]
    public async Task A_chain_with_something_in_it_is_left_alone()
    {
        await using var host = await ApiHost.StartAsync();

        await host.Services.GetRequiredService<DemoSeed>().RunAsync(CancellationToken.None);

        Assert.Equal((long)TestChain.StoreIds.Count, await host.Chain.ScalarAsync<long>("select count(*) from stores"));
        Assert.Equal(0L, await host.Chain.ScalarAsync<long>("select count(*) from accounts"));
    }

    private WebApplication Build(bool? demo)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Identity:PasswordIterations", "1000"), new("Demo:Enabled", demo?.ToString())]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddChainSync(_database.ConnectionString);
        return builder.Build();
    }

    private async Task<long> CountAsync(string what, params object[] parameters)
    {
        await using var command = _database.Source.CreateCommand("select count(*) from " + what + (what.StartsWith('(') ? " as t" : ""));
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> HeadsAsync()
    {
        await using var command = _database.Source.CreateCommand("select string_agg(store_id || ' ' || seq, ',' order by store_id) from store_head");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string[]> BarcodesAsync()
    {
        await using var command = _database.Source.CreateCommand("select array_agg(barcode) from product_barcodes");
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    private static bool IsEan13(string code) =>
        code.Length == 13 && code.All(char.IsAsciiDigit) && code.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
}
