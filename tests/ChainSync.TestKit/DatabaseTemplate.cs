using System.Globalization;
using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.TestKit;

/// <summary>A database that is prepared once per test process (migrated, perhaps seeded) and copied for each test class.</summary>
/// <param name="prepare">Makes the schema, signed in as the owner.</param>
/// <param name="durable">True for the server that keeps what it acknowledged.</param>
public sealed class DatabaseTemplate(Func<NpgsqlDataSource, CancellationToken, Task> prepare, bool durable = false)
{
    private static int _made;

    private readonly Lock _gate = new();
    private Task<(PostgresServer Server, string Name)>? _prepared;

    /// <summary>The schema of this build, without a row in it.</summary>
    public static DatabaseTemplate Migrated { get; } = new(Migrator.MigrateAsync);

    /// <summary>The same on the server that keeps what it acknowledged.</summary>
    public static DatabaseTemplate MigratedDurable { get; } = new(Migrator.MigrateAsync, durable: true);

    /// <summary>No tables at all.</summary>
    public static DatabaseTemplate Empty { get; } = new((_, _) => Task.CompletedTask);

    internal async Task<(PostgresServer Server, string Name)> CloneAsync(CancellationToken cancellationToken)
    {
        Task<(PostgresServer Server, string Name)> prepared;
        lock (_gate)
            prepared = _prepared ??= PrepareAsync();
        var (server, template) = await prepared.WaitAsync(cancellationToken);
        var name = NextName("test");
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template} OWNER chainsync", cancellationToken);
        return (server, name);
    }

    internal static string ConnectionString(PostgresServer server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, MaxPoolSize = 50, IncludeErrorDetail = true }.ConnectionString;

    internal static async Task ExecuteAsync(PostgresServer server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.AdminConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(PostgresServer Server, string Name)> PrepareAsync()
    {
        var server = await (durable ? PostgresServer.DurableAsync() : PostgresServer.SharedAsync());
        var name = NextName("template");
        await ExecuteAsync(server, $"CREATE DATABASE {name} OWNER chainsync", CancellationToken.None);
        // A template with a session in it cannot be copied, so no pooled connection may stay.
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString(server, name)) { Pooling = false };
        await using (var source = NpgsqlDataSource.Create(unpooled))
            await prepare(source, CancellationToken.None);
        return (server, name);
    }

    private static string NextName(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{Interlocked.Increment(ref _made)}");
}
