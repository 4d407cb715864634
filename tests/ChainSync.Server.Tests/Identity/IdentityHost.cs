using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSync.Server.Tests.Identity;

/// <summary>One node of a chain with two stores, people and a till, on a database and a clock of the test's own.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string StaffPin = "2222";
    public const string ManagerPin = "1111";

    /// <summary>The header by which a test says from where a request comes.</summary>
    public const string AddressHeader = "Test-Address";

    private static readonly DatabaseTemplate Template = new((source, token) => Migrator.MigrateAsync(source, token));

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

    /// <summary>A node on a new database with <c>admin@</c>, <c>manager@</c> and <c>staff@example.com</c>, the latter two in the first store.</summary>
    public static async Task<IdentityHost> StartAsync()
    {
        var database = await TestDatabase.CreateAsync(Template);
        var clock = new TestClock();
        var host = new IdentityHost(await StartNodeAsync(database, clock), database, clock, ownsDatabase: true);
        await host.AddStoreAsync(First, "S1");
        await host.AddStoreAsync(Second, "S2");
        await host.AddAccountAsync(Ids.New(clock), "admin@example.com", Role.Admin, []);
        await host.AddAccountAsync(ManagerId, "manager@example.com", Role.Manager, [First]);
        await host.AddAccountAsync(StaffId, "staff@example.com", Role.Staff, [First]);
        await host.AddEmployeeAsync(First, ManagerId, "Mona Manager", Role.Manager, ManagerPin);
        await host.AddEmployeeAsync(First, StaffId, "Sam Staff", Role.Staff, StaffPin);
        return host;
    }

    /// <summary>A second node of the same chain.</summary>
    public async Task<IdentityHost> StartTwinAsync() => new(await StartNodeAsync(Database, Clock), Database, Clock, ownsDatabase: false);

    public Browser NewBrowser(string address = "192.0.2.1") => new(_app.GetTestServer(), address);

    public async Task AddAccountAsync(Guid id, string email, Role role, Guid[] stores)
    {
        var command = new CreateAccount(id, email, $"{role} of the chain", role, stores, Password);
        var outcome = await Get<CreateAccountHandler>().HandleAsync(
            command, NewOperation(CreateAccountHandler.Operation, Store.Chain, JsonSerializer.SerializeToUtf8Bytes(command, ChainSyncJson.Default.CreateAccount)),
            Caller.System, CancellationToken.None);
        if (!outcome.IsAccepted) throw new InvalidOperationException(outcome.Rejection.Detail);
    }

    public async Task<Outcome<Committed>> TryAddEmployeeAsync(CreateEmployee command, Caller caller) =>
        await Get<CreateEmployeeHandler>().HandleAsync(
            command,
            NewOperation(CreateEmployeeHandler.Operation, command.StoreId, JsonSerializer.SerializeToUtf8Bytes(command, ChainSyncJson.Default.CreateEmployee)),
            caller, CancellationToken.None);

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

    private async Task AddEmployeeAsync(Guid storeId, Guid id, string name, Role role, string pin)
    {
        var outcome = await TryAddEmployeeAsync(new CreateEmployee(storeId, id, name, null, role, pin), Caller.System);
        if (!outcome.IsAccepted) throw new InvalidOperationException(outcome.Rejection.Detail);
    }

    private async Task AddStoreAsync(Guid id, string code)
    {
        await using var command = Database.Source.CreateCommand(
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

    private Operation NewOperation(string type, Guid storeId, byte[] request) => new(Ids.New(Clock), type, storeId, SHA256.HashData(request));

    private static async Task<WebApplication> StartNodeAsync(TestDatabase database, TestClock clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Identity:PasswordIterations", "1000")]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(_ => Npgsql.NpgsqlDataSource.Create(database.ConnectionString));
        builder.Services.AddSingleton(provider =>
            new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(provider.GetRequiredService<Npgsql.NpgsqlDataSource>()).Options);
        builder.Services.AddSingleton<LogSignal>().AddSingleton<StoreWriter>();
        builder.Services.AddIdentity().AddStores();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].ToString());
            return next(context);
        });
        app.UseProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIdentity();
        app.MapStores();
        await app.StartAsync();
        return app;
    }
}
