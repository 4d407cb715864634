using System.ComponentModel.DataAnnotations;
using ChainSync.Server.Infrastructure.Startup;
using Npgsql;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>
/// The database that this process uses: an external one when <c>ConnectionStrings:ChainSync</c> names it, else one of our
/// own. Disposed last in Program.cs, after the host, so that everything that writes has ended.
/// </summary>
public sealed class DatabaseConnection : IAsyncDisposable
{
    public const string Name = "ChainSync";

    private readonly EmbeddedPostgres? _embedded;
    private readonly ILoggerFactory? _logging;

    private DatabaseConnection(string connectionString, EmbeddedPostgres? embedded = null, ILoggerFactory? logging = null)
    {
        ConnectionString = connectionString;
        _embedded = embedded;
        _logging = logging;
    }

    public string ConnectionString { get; }

    /// <param name="configuration">Sections <c>ConnectionStrings</c>, <c>Data</c>, <c>Postgres</c>, <c>Logging</c>.</param>
    /// <param name="clock">Measures the waits for PostgreSQL's process.</param>
    /// <param name="besideServer">True for commands that may work while a server runs: they join its PostgreSQL.</param>
    /// <param name="cancellationToken">Ends the start; what was started is stopped again.</param>
    /// <exception cref="StartupException">The database cannot be reached or started; the message says why.</exception>
    public static async Task<DatabaseConnection> OpenAsync(
        IConfiguration configuration, TimeProvider clock, bool besideServer, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(Name) is { Length: > 0 } external)
        {
            await ProbeAsync(external, cancellationToken);
            return new DatabaseConnection(external);
        }
        var options = Options(configuration);
        if (besideServer && EmbeddedPostgres.TryJoin(options) is { } running)
            return new DatabaseConnection(running);
        // Of its own, because PostgreSQL starts before the host's logging exists and stops after it is gone.
        var logging = LoggerFactory.Create(builder => builder.AddConfiguration(configuration.GetSection("Logging")).AddConsole());
        try
        {
            var embedded = await EmbeddedPostgres.StartAsync(options, clock, logging.CreateLogger<EmbeddedPostgres>(), cancellationToken);
            return new DatabaseConnection(embedded.ConnectionString, embedded, logging);
        }
        catch
        {
            logging.Dispose();
            throw;
        }
    }

    /// <summary>Stops the application when its PostgreSQL ends by itself: without it nothing here can work.</summary>
    public void StopWithDatabase(IHostApplicationLifetime lifetime)
    {
        if (_embedded is not null)
            _ = WatchAsync(_embedded, lifetime);
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        _logging?.Dispose();
    }

    private static async Task WatchAsync(EmbeddedPostgres embedded, IHostApplicationLifetime lifetime)
    {
        if (!await embedded.Ended)
            return;
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private static EmbeddedPostgresOptions Options(IConfiguration configuration)
    {
        var options = new EmbeddedPostgresOptions();
        configuration.GetSection(EmbeddedPostgresOptions.Section).Bind(options);
        options.DataFolder = configuration["Data:Folder"] ?? options.DataFolder;
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            ? options
            : throw new StartupException($"{EmbeddedPostgresOptions.Section}: {string.Join(' ', problems.Select(problem => problem.ErrorMessage))}");
    }

    private static async Task ProbeAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            throw new StartupException($"The PostgreSQL of ConnectionStrings__{Name} cannot be used: {exception.Message}", exception);
        }
    }
}
