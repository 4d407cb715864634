using System.Globalization;
using System.Reflection;
using ChainSync.Server.Infrastructure.Startup;
using Npgsql;

namespace ChainSync.Server.Data;

/// <summary>Brings a database to this build's schema: the numbered SQL files inside the assembly, each once, in order, under an advisory lock.</summary>
public static class Migrator
{
    private const long LockKey = 0x43_68_61_69_6E; // "Chain"

    /// <summary>Applies what is missing; on a database newer than this build it refuses.</summary>
    /// <returns>How many files were applied.</returns>
    /// <exception cref="StartupException">The database has a migration this build does not know.</exception>
    public static async Task<int> MigrateAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(connection, "set client_min_messages = warning; create table if not exists schema_version (number integer primary key, name text not null)", cancellationToken);
            var applied = await AppliedAsync(connection, cancellationToken);
            var files = Files().ToList();
            if (applied > files.Count)
                throw new StartupException($"The database is at schema {applied} and this build knows up to {files.Count}; start a newer ChainSync.");
            foreach (var file in files.Skip(applied)) await ApplyAsync(connection, file, cancellationToken);
            return files.Count - applied;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, migration.Sql, cancellationToken);
        await using var record = new NpgsqlCommand("insert into schema_version (number, name) values ($1, $2)", connection);
        record.Parameters.Add(new() { Value = migration.Number });
        record.Parameters.Add(new() { Value = migration.Name });
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<Migration> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string folder = "ChainSync.Server.Data.Migrations.";
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = name[folder.Length..];
            yield return new Migration(int.Parse(file[..4], CultureInfo.InvariantCulture), file, reader.ReadToEnd());
        }
    }

    private sealed record Migration(int Number, string Name, string Sql);
}
