using System.Diagnostics;
using System.Globalization;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>The command line that PostgreSQL runs under.</summary>
internal static class PostgresCommand
{
    // The log goes to a file and not to a pipe of ours: a PostgreSQL that outlives us must still be able to write it.
    private const string IntoLog = """umask 077; exec "$@" >>"$0" 2>&1 </dev/null""";

    public static Process Start(PostgresCluster cluster, PostgresSocket socket, EmbeddedPostgresOptions options, string log)
    {
        if (File.Exists(log))
            File.Move(log, log + ".1", overwrite: true);
        return Unix.Start(Unix.StartInfo(
        [
            "/bin/sh", "-c", IntoLog, log,
            .. OwnSession(),
            .. cluster.Account.Command(
                [cluster.Binaries.Postgres, "-D", cluster.Folder, .. Settings(socket, options).SelectMany(setting => (string[])["-c", setting])]),
        ]));
    }

    /// <summary>Ctrl-C goes to every process of the terminal's foreground group; PostgreSQL must outlive the server's own last writes.</summary>
    private static string[] OwnSession() =>
        OperatingSystem.IsLinux() ? ["setsid"] : ["/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV"];

    private static IEnumerable<string> Settings(PostgresSocket socket, EmbeddedPostgresOptions options)
    {
        yield return "listen_addresses=";
        yield return "unix_socket_directories=" + socket.Folder;
        yield return "unix_socket_permissions=0700";
        yield return string.Create(CultureInfo.InvariantCulture, $"port={PostgresSocket.Port}");
        yield return string.Create(CultureInfo.InvariantCulture, $"max_connections={options.MaxConnections}");
        yield return string.Create(CultureInfo.InvariantCulture, $"shared_buffers={options.SharedBuffersMebibytes}MB");
        yield return "max_wal_size=2GB";
        yield return "random_page_cost=1.1"; // every disk we meet is flash
        // A new chain has no statistics, and plans made without any last as long as their connections: have the first ones soon.
        yield return "autovacuum_naptime=5s";
        yield return "timezone=UTC";
        yield return "log_timezone=UTC";
        yield return "log_checkpoints=off";
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
            yield return setting + (options.Durable ? "=on" : "=off");
    }
}
