using System.Net;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

/// <summary>One node of a chain with two stores and three people, on a database and a clock of the test's own.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string StaffPin = "2222";
    public const string ManagerPin = "1111";

    /// <summary>The header by which a test says from where a request comes.</summary>
    public const string AddressHeader = "Test-Address";

    private static readonly DatabaseTemplate Template = new(PrepareAsync);

    private readonly WebApplication _app;
    private readonly TestDatabase? _ownDatabase;

    private IdentityHost(WebApplication app, TestDatabase database, TestClock clock, bool ownsDatabase) =>
        (_app, Database, Clock, _ownDatabase) = (app, database, clock, ownsDatabase ? database : null);

    public static Guid First { get; } = Ids.Named(Guid.Empty, "first store");

    public static Guid Second { get; } = Ids.Named(Guid.Empty, "second store");

    public static Guid StaffId { get; } = Ids.Named(Guid.Empty, "staff");

    public static Guid ManagerId { get; } = Ids.Named(Guid.Empty, "manager");

    public TestClock Clock { get; }

    public TestDatabase Database { get; }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A node whose people are <c>admin@</c>, <c>manager@</c> and <c>staff@example.com</c>, the latter two in the first store.</summary>
    public static async Task<IdentityHost> StartAsync()
    {
        var database = await TestDatabase.CreateAsync(Template);
        var clock = new TestClock();
        return new IdentityHost(await StartNodeAsync(database.ConnectionString, clock), database, clock, ownsDatabase: true);
    }

    /// <summary>A second node of the same chain.</summary>
    public async Task<IdentityHost> StartTwinAsync() => new(await StartNodeAsync(Database.ConnectionString, Clock), Database, Clock, ownsDatabase: false);

    public Browser NewBrowser(string address = "192.0.2.1") => new(_app.GetTestServer(), address);

    public Task<Outcome<Committed>> TryAddEmployeeAsync(CreateEmployee command, Caller caller) => AddAsync(_app, Clock, command, caller);

    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownDatabase is not null) await _ownDatabase.DisposeAsync();
    }

    // Once per test run: every test's database is a copy of this one.
    private static async Task PrepareAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await Migrator.MigrateAsync(source, cancellationToken);
        await AddStoreAsync(source, First, "S1");
        await AddStoreAsync(source, Second, "S2");
        var clock = new TestClock();
        await using var node = await StartNodeAsync(source.ConnectionString, clock);
        await AddAsync(node, clock, new(Ids.New(clock), "admin@example.com", "Ada Admin", Role.Admin, [], Password));
        await AddAsync(node, clock, new(ManagerId, "manager@example.com", "Mona Manager", Role.Manager, [First], Password));
        await AddAsync(node, clock, new(StaffId, "staff@example.com", "Sam Staff", Role.Staff, [First], Password));
        Assert.True((await AddAsync(node, clock, new(First, ManagerId, "Mona Manager", null, Role.Manager, ManagerPin), Caller.System)).IsAccepted);
        Assert.True((await AddAsync(node, clock, new(First, StaffId, "Sam Staff", null, Role.Staff, StaffPin), Caller.System)).IsAccepted);
    }

    private static async Task AddAsync(WebApplication node, TestClock clock, CreateAccount command)
    {
        var outcome = await node.Services.GetRequiredService<CreateAccountHandler>().HandleAsync(command, Ids.New(clock), Caller.System, CancellationToken.None);
        Assert.True(outcome.IsAccepted);
    }

    private static Task<Outcome<Committed>> AddAsync(WebApplication node, TestClock clock, CreateEmployee command, Caller caller) =>
        node.Services.GetRequiredService<CreateEmployeeHandler>().HandleAsync(command, Ids.New(clock), caller, CancellationToken.None);

    private static async Task AddStoreAsync(NpgsqlDataSource source, Guid id, string code)
    {
        await using var command = source.CreateCommand(
            """
            with s as (
              insert into stores (id, code, name, currency, currency_digits, locale, time_zone, prices_include_tax, sync_version, last_synced_at)
              values ($1, $2, 'Store ' || $2, 'EUR', 2, 'de-DE', 'Europe/Berlin', true, 1, '2026-01-01Z')
            ), t as (
              insert into tax_classes (store_id, id, code, name, rate_ppm, sync_version, last_synced_at)
              values ($1, gen_random_uuid(), 'standard', '19 %', 190000, 1, '2026-01-01Z')
            )
            insert into store_head (store_id, epoch) values ($1, gen_random_uuid())
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = code });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<WebApplication> StartNodeAsync(string connectionString, TestClock clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Identity:PasswordIterations", "1000")]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddHttpBasics();
        builder.Services.AddData(connectionString);
        builder.Services.AddIdentity().AddStores();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].ToString());
            return next(context);
        });
        app.UseHttpBasics();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIdentity();
        app.MapStores();
        await app.StartAsync();
        return app;
    }
}
