using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Inventory;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Inventory;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Sync;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Features.Demo;

/// <summary>
/// Fills an empty chain with the demo. Every step is an operation whose id follows from its name, so a seed that was
/// interrupted goes on where it stopped, and one that is complete is left alone.
/// </summary>
public sealed partial class DemoSeed(
    NpgsqlDataSource dataSource, StoreWriter writer, CreateStore createStore, CreateAccountHandler createAccount, CreateEmployeeHandler createEmployee,
    CreateRegisterHandler createRegister, ServerSecrets secrets, TimeProvider clock, ILogger<DemoSeed> logger)
{
    private const long LockKey = 0x44_65_6D_6F; // "Demo"
    private const long DeliveredMilli = 240_000;

    private static readonly string[] Registers = ["Counter left", "Counter right"];

    /// <summary>Seeds unless the demo is complete or the chain has something else in it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken); // two nodes may start at once
        try
        {
            if (!await IsWantedAsync(connection, cancellationToken)) return;
            await secrets.LoadAsync(cancellationToken);
            var started = clock.GetTimestamp();
            foreach (var shop in DemoStore.All)
                Must(await createStore.HandleAsync(shop.Store, shop.TaxClasses, Caller.System, cancellationToken));
            // The first store's birth is the demo's "now", also for a run that goes on another day.
            var now = await BornAsync(connection, cancellationToken);
            await Task.WhenAll(DemoStore.All.Select(shop => SeedAsync(shop, now, cancellationToken)).Append(AddStaffAsync(cancellationToken)));
            await AddAccountsAsync(cancellationToken);
            LogSeeded(logger, clock.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private async Task SeedAsync(DemoStore shop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await AddDocumentsAsync(shop, cancellationToken);
        var delivery = new AdjustStock(shop.Named("delivery"), [.. shop.Products().Select((p, i) => new StockDelta(p.Id, DeliveredMilli + (i % 7 * 20_000)))], StockReason.Received);
        var received = OperationOf(shop.Id, "stock.adjust", "delivery");
        Must(await writer.CommitAsync(received, Caller.System, new AdjustStockCommand(received, delivery, Caller.System), cancellationToken));

        var registers = new List<(Guid, string)>();
        foreach (var name in Registers)
            registers.Add(await AddRegisterAsync(shop, name, cancellationToken));
        foreach (var (day, sales) in new DemoHistory(shop, registers).UpTo(now))
        {
            if (sales.Count == 0) continue;
            var operation = OperationOf(shop.Id, "sale.record", $"sales:{day:yyyy-MM-dd}");
            Must(await writer.CommitAsync(operation, Caller.System, new RecordHistoryCommand(operation, sales), cancellationToken));
        }
    }

    private async Task AddDocumentsAsync(DemoStore shop, CancellationToken cancellationToken)
    {
        Must(await writer.CommitAsync(OperationOf(shop.Id, "product.create", "catalogue"), Caller.System, ChainSyncJson.Default.Category, 201, db =>
        {
            var categories = shop.Categories().ToList();
            db.Categories.AddRange(categories);
            db.Products.AddRange(shop.Products());
            return Task.FromResult<Outcome<Category>>(categories[0]);
        }, cancellationToken));
        Must(await writer.CommitAsync(OperationOf(shop.Id, "customer.create", "customers"), Caller.System, ChainSyncJson.Default.Customer, 201, db =>
        {
            var customers = shop.Customers().ToList();
            db.Customers.AddRange(customers);
            return Task.FromResult<Outcome<Customer>>(customers[0]);
        }, cancellationToken));
        foreach (var (id, name, role) in shop == DemoStore.All[0] ? shop.Employees.Skip(2) : shop.Employees)
            Must(await createEmployee.HandleAsync(new(shop.Id, id, name, null, role, null), shop.Named($"employee:{id}"), Caller.System, cancellationToken));
    }

    private async Task<(Guid Id, string Series)> AddRegisterAsync(DemoStore shop, string name, CancellationToken cancellationToken)
    {
        var id = shop.Named("register:" + name);
        var outcome = await createRegister.HandleAsync(
            new(id, name), OperationOf(shop.Id, CreateRegisterHandler.Operation, "register:" + name), Caller.System, cancellationToken);
        Must(outcome);
        return (id, JsonSerializer.Deserialize(outcome.Value.Json, ChainSyncJson.Default.RegisterCreated)!.Series);
    }

    // The two whose PINs are known; their slow hashes are made while the shops fill.
    private async Task AddStaffAsync(CancellationToken cancellationToken)
    {
        var first = DemoStore.All[0];
        foreach (var ((id, name, role), account, pin) in first.Employees.Take(2).Zip(DemoAccounts.All().Skip(1), [DemoAccounts.ManagerPin, DemoAccounts.StaffPin]))
            Must(await createEmployee.HandleAsync(new(first.Id, id, name, account.Email, role, pin), first.Named($"employee:{id}"), Caller.System, cancellationToken));
    }

    private async Task AddAccountsAsync(CancellationToken cancellationToken)
    {
        foreach (var account in DemoAccounts.All())
            Must(await createAccount.HandleAsync(account, OperationIdOf(account), Caller.System, cancellationToken));
    }

    private static Guid OperationIdOf(CreateAccount account) => Ids.Named(Store.Chain, "demo:account:" + account.Email);

    private static Operation OperationOf(Guid storeId, string type, string name) =>
        new(Ids.Named(storeId, "demo:op:" + name), type, storeId, SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    // The last account is the last thing a seed makes.
    private static async Task<bool> IsWantedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select not exists (select from operation where store_id = $1 and op_id = $2)
               and not exists (select from stores where id <> all($3))
               and not exists (select from accounts where id <> all($4))
            """, connection);
        var accounts = DemoAccounts.All();
        command.Parameters.Add(new() { Value = Store.Chain });
        command.Parameters.Add(new() { Value = OperationIdOf(accounts[^1]) });
        command.Parameters.Add(new() { Value = DemoStore.All.Select(s => s.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = accounts.Select(a => a.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<DateTimeOffset> BornAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select min(at) from change_log where store_id = $1 and entity = 'store'", connection);
        command.Parameters.Add(new() { Value = Store.Chain });
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!).ToMilliseconds();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Must(Outcome<Committed> outcome)
    {
        if (!outcome.IsAccepted) throw new InvalidOperationException($"The demo cannot be seeded: {outcome.Rejection.Code}. {outcome.Rejection.Detail}");
    }

    [LoggerMessage(1401, LogLevel.Information, "Demo chain seeded in {Seconds:0.0} s")]
    private static partial void LogSeeded(ILogger logger, double seconds);
}
