using System.Diagnostics;
using System.Globalization;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>
/// A PostgreSQL of the server's own: started before anything that uses it, stopped after everything that did. It listens
/// on a Unix socket in a folder that only its owner can enter, so it needs no password and no port.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly DataFolder _data;
    private readonly PostgresCluster _cluster;
    private readonly PostgresSocket _socket;
    private readonly EmbeddedPostgresOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Process _process;
    private bool _stopping;

    private EmbeddedPostgres(
        DataFolder data, PostgresCluster cluster, PostgresSocket socket, EmbeddedPostgresOptions options, TimeProvider clock, ILogger logger)
    {
        _data = data;
        _cluster = cluster;
        _socket = socket;
        _options = options;
        _clock = clock;
        _logger = logger;
        _process = PostgresCommand.Start(cluster, socket, options, data.PostgresLog);
        Ended = WatchAsync();
    }

    /// <summary>For the server: the database <c>chainsync</c> as its owner, who is no superuser.</summary>
    public string ConnectionString => _socket.ConnectionString(PostgresSocket.Owner, PostgresSocket.Owner, _options.MaxConnections);

    /// <summary>For making and dropping databases: the superuser's.</summary>
    public string AdminConnectionString => _socket.ConnectionString(PostgresCluster.Superuser, "postgres", _options.MaxConnections);

    public int ProcessId => _process.Id;

    /// <summary>Completes when PostgreSQL's process has ended; true when nobody had asked it to.</summary>
    public Task<bool> Ended { get; }

    /// <exception cref="StartupException">Binaries missing, folder not writable or in use, or PostgreSQL gave up; the message says which.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var binaries = PostgresBinaries.Find(options.BinariesFolder);
        var folder = Path.GetFullPath(options.DataFolder);
        var data = DataFolder.TryTake(folder) ?? throw new StartupException(
            $"The data folder {folder} is in use by another ChainSync (process {DataFolder.OwnerOf(folder)}); stop it, or choose another folder with --data.");
        EmbeddedPostgres? postgres = null;
        try
        {
            var cluster = await PostgresCluster.OpenAsync(data, options, binaries, logger, cancellationToken);
            await StopOrphanAsync(cluster.Folder, options.StopTimeout, clock, logger, cancellationToken);
            var socket = await PostgresSocket.CreateAsync(cluster, cancellationToken);
            postgres = new EmbeddedPostgres(data, cluster, socket, options, clock, logger);
            await postgres.WaitUntilReadyAsync(cancellationToken);
            await socket.EnsureDatabaseAsync(cancellationToken);
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            data.Dispose();
            throw;
        }
        var elapsed = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        Log.Started(logger, binaries.Version, postgres._cluster.Account.Name, elapsed, postgres.ProcessId, postgres._cluster.Folder);
        return postgres;
    }

    /// <summary>Joins the PostgreSQL that a running server keeps on this folder, for a command beside it such as an import.</summary>
    /// <returns>The connection string, or null when no server uses the folder.</returns>
    public static string? TryJoin(EmbeddedPostgresOptions options)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        if (!Directory.Exists(folder))
            return null;
        using var data = DataFolder.TryTake(folder);
        return data is null && PostmasterFile.Read(DataFolder.ClusterIn(folder)) is { IsReady: true } running
            ? new PostgresSocket(running.SocketFolder).ConnectionString(PostgresSocket.Owner, PostgresSocket.Owner, options.MaxConnections)
            : null;
    }

    /// <summary>Stops cleanly: sessions end, everything is written, and the next start replays nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping)
            return;
        _stopping = true;
        var started = _clock.GetTimestamp();
        await StopAsync(ProcessId, () => _process.HasExited, _options.StopTimeout, _clock, _logger, CancellationToken.None);
        await Ended;
        _process.Dispose();
        _socket.Dispose();
        _data.Dispose();
        Log.Stopped(_logger, (long)_clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var deadline = _clock.GetUtcNow() + _options.StartTimeout;
        while (PostmasterFile.Read(_cluster.Folder) is not { IsReady: true } file || file.ProcessId != ProcessId)
        {
            if (_process.HasExited)
                throw new StartupException($"PostgreSQL did not start: {PostgresLog.Reason(ReadLog())} Its log is {_data.PostgresLog}.");
            if (_clock.GetUtcNow() > deadline)
                throw new StartupException($"PostgreSQL was not ready after {_options.StartTimeout.TotalSeconds:0} s; its log is {_data.PostgresLog}.");
            await Task.Delay(PollInterval, _clock, cancellationToken);
        }
    }

    /// <summary>
    /// A server that was killed leaves its PostgreSQL running. Stopping it and starting our own, rather than adopting it,
    /// gives one path: today's settings, a child whose end we see, and no session of the dead server left.
    /// </summary>
    private static async Task StopOrphanAsync(string cluster, TimeSpan timeout, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var file = PostmasterFile.Read(cluster);
        if (file is not null && file.IsAlive())
        {
            Log.StoppingOrphan(logger, file.ProcessId);
            await StopAsync(file.ProcessId, () => !file.IsAlive(), timeout, clock, logger, cancellationToken);
            if (file.SocketFolder != cluster)
                new PostgresSocket(file.SocketFolder).Dispose();
        }
        else if (file is not null && file.ProcessExists())
        {
            // Another program has the number now, and PostgreSQL would take it for itself and refuse to start.
            File.Delete(PostmasterFile.PathIn(cluster));
            File.Delete(PostgresSocket.LockIn(cluster));
            Log.RemovedStaleFile(logger, file.ProcessId);
        }
    }

    private static async Task StopAsync(
        int processId, Func<bool> hasEnded, TimeSpan timeout, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var signal in (int[])[Unix.Interrupt, Unix.Quit])
        {
            if (signal == Unix.Quit)
                Log.StoppingAtOnce(logger, processId);
            if (!hasEnded())
                Unix.Signal(processId, signal);
            var deadline = clock.GetUtcNow() + timeout;
            while (!hasEnded() && clock.GetUtcNow() < deadline)
                await Task.Delay(PollInterval, clock, cancellationToken);
            if (hasEnded())
                return;
        }
        throw new StartupException(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL (process {processId}) does not stop; kill it and start again."));
    }

    private async Task<bool> WatchAsync()
    {
        await _process.WaitForExitAsync();
        if (_stopping)
            return false;
        Log.Died(_logger, _process.ExitCode, _data.PostgresLog);
        return true;
    }

    private string ReadLog() => File.Exists(_data.PostgresLog) ? File.ReadAllText(_data.PostgresLog) : "";
}
