using System.Text;
using System.Text.RegularExpressions;
using ChainSync.Server.Infrastructure.Startup;
using Npgsql;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>The Unix socket that PostgreSQL listens on: in its own private folder, or in a short one when that path is too long.</summary>
internal sealed partial record PostgresSocket(string Folder) : IDisposable
{
    public const int Port = 5432;

    /// <summary>The role that the server signs in as and the database that it owns.</summary>
    public const string Owner = "chainsync";

    // sun_path holds 108 bytes on Linux, 104 on macOS, its closing zero included.
    private static readonly int LimitBytes = OperatingSystem.IsMacOS() ? 103 : 107;
    private const string FileName = "/.s.PGSQL.5432";
    private const string ShortPrefix = "chainsync-";

    /// <summary>PostgreSQL's own note of who listens on the socket.</summary>
    public static string LockIn(string folder) => folder + FileName + ".lock";

    public static async Task<PostgresSocket> CreateAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        if (Fits(cluster.Folder))
            return new PostgresSocket(cluster.Folder);
        var folder = Directory.CreateTempSubdirectory(ShortPrefix).FullName;
        cluster.Account.Own(folder);
        return Fits(folder) && await cluster.Account.CanEnterAsync(folder, cancellationToken)
            ? new PostgresSocket(folder)
            : throw new StartupException($"The path {cluster.Folder} is too long for PostgreSQL's socket and {folder} does not serve either; choose a shorter one with --data.");
    }

    public string ConnectionString(string user, string database, int maxConnections) => new NpgsqlConnectionStringBuilder
    {
        Host = Folder,
        Port = Port,
        Username = user,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        // Leaves room for listening connections, commands beside the server and PostgreSQL's own reserve.
        MaxPoolSize = maxConnections - 20,
        ApplicationName = "chainsync",
    }.ConnectionString;

    public async Task EnsureDatabaseAsync(CancellationToken cancellationToken)
    {
        var admin = new NpgsqlConnectionStringBuilder(ConnectionString(PostgresCluster.Superuser, "postgres", 30)) { Pooling = false };
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await EnsureAsync("SELECT FROM pg_roles WHERE rolname = $1", $"CREATE ROLE {Owner} LOGIN");
        await EnsureAsync("SELECT FROM pg_database WHERE datname = $1", $"CREATE DATABASE {Owner} OWNER {Owner}");

        async Task EnsureAsync(string exists, string create)
        {
            await using var query = new NpgsqlCommand(exists, connection) { Parameters = { new() { Value = Owner } } };
            await using (var found = await query.ExecuteReaderAsync(cancellationToken))
            {
                if (await found.ReadAsync(cancellationToken))
                    return;
            }
            await using var command = new NpgsqlCommand(create, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Removes the folder if it was made for the socket alone.</summary>
    public void Dispose()
    {
        if (Path.GetFileName(Folder).StartsWith(ShortPrefix, StringComparison.Ordinal) && Directory.Exists(Folder)
            && !File.Exists(Path.Combine(Folder, "PG_VERSION")))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A comma parts addresses both in PostgreSQL's setting and in the connection string, so only plain paths serve.</summary>
    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder) + FileName.Length <= LimitBytes && PlainPath().IsMatch(folder);

    [GeneratedRegex("^[A-Za-z0-9/._-]+$")]
    private static partial Regex PlainPath();
}
