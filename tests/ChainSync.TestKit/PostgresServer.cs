using System.Diagnostics;
using ChainSync.Server.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainSync.TestKit;

/// <summary>
/// A PostgreSQL for tests: one per test process, started with the first test that needs it. A small shell beside us holds
/// a pipe of ours; when the pipe closes, because we ended or were killed, it stops PostgreSQL and removes its files.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => StartAsync(durable: false));
    private static readonly Lazy<Task<PostgresServer>> DurableServer = new(() => StartAsync(durable: true));

    private readonly EmbeddedPostgres _postgres;
    private readonly Process _reaper;

    private PostgresServer(EmbeddedPostgres postgres, Process reaper)
    {
        _postgres = postgres;
        _reaper = reaper;
    }

    /// <summary>The process's own server, fast because a power cut may cost it everything.</summary>
    public static Task<PostgresServer> SharedAsync() => SharedServer.Value;

    /// <summary>One that keeps what it acknowledged, for tests that kill processes or measure commits.</summary>
    public static Task<PostgresServer> DurableAsync() => DurableServer.Value;

    /// <summary>For making and dropping databases: the superuser's.</summary>
    public string AdminConnectionString => _postgres.AdminConnectionString;

    /// <summary>The connection string of the role <c>chainsync</c>, which owns its databases and is no superuser, as in production.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    private static async Task<PostgresServer> StartAsync(bool durable)
    {
        var folder = Directory.CreateTempSubdirectory("chainsync-test-").FullName;
        // As root PostgreSQL's own user passes through this folder, and may not list it.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var reaper = StartReaper(folder);
        var options = new EmbeddedPostgresOptions { DataFolder = folder, Durable = durable, MaxConnections = 300, SharedBuffersMebibytes = 128 };
        var postgres = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        return new PostgresServer(postgres, reaper);
    }

    private static Process StartReaper(string folder)
    {
        // SIGQUIT ends PostgreSQL at once: nothing of a test is worth a checkpoint. The wait is bounded because where process 1
        // collects no dead processes, a dead PostgreSQL keeps its number.
        const string script = """
            exec >/dev/null 2>&1
            read -r _
            read -r process <"$1/postgres/postmaster.pid" && kill -QUIT "$process"
            for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$process" || break; sleep 0.1; done
            rm -rf -- "$1"
            """;
        var start = new ProcessStartInfo("setsid", ["sh", "-c", script, "reaper", folder])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
