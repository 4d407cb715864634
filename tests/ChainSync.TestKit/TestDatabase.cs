using Npgsql;

namespace ChainSync.TestKit;

/// <summary>A database of a test class's own, dropped when it is done: a copy of a <see cref="DatabaseTemplate"/>, which takes some tens of milliseconds.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly Lazy<NpgsqlDataSource> _source;

    private TestDatabase(PostgresServer server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = DatabaseTemplate.ConnectionString(server, name);
        _source = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(ConnectionString));
    }

    public string Name { get; }

    /// <summary>Signs in as the role that owns the database and is no superuser, as in production.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource Source => _source.Value;

    /// <summary>A migrated database without a row in it.</summary>
    public static Task<TestDatabase> CreateAsync(CancellationToken cancellationToken = default) => CreateAsync(DatabaseTemplate.Migrated, cancellationToken);

    public static async Task<TestDatabase> CreateAsync(DatabaseTemplate template, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        var (server, name) = await template.CloneAsync(cancellationToken);
        return new TestDatabase(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
            await _source.Value.DisposeAsync();
        // Pools that the code under test opened by connection string.
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await DatabaseTemplate.ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }
}
