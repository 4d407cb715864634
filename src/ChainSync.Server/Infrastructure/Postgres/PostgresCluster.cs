using System.Security.Cryptography;
using System.Text;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>PostgreSQL's files on disk, the account that owns them and the programs that account can run.</summary>
internal sealed partial class PostgresCluster(string folder, PostgresAccount account, PostgresBinaries binaries)
{
    public const string Superuser = "postgres";

    public string Folder { get; } = folder;

    public PostgresAccount Account { get; } = account;

    public PostgresBinaries Binaries { get; } = binaries;

    /// <summary>Opens the cluster of a data folder, and makes it the first time.</summary>
    public static async Task<PostgresCluster> OpenAsync(
        DataFolder data, EmbeddedPostgresOptions options, PostgresBinaries binaries, ILogger logger, CancellationToken cancellationToken)
    {
        var path = DataFolder.ClusterIn(data.Path);
        var folder = Existing(path);
        var account = await PostgresAccount.ChooseAsync(folder, cancellationToken);
        var reachable = await binaries.OpenToAsync(account, options.OpenFolder, cancellationToken);
        if (folder is null)
            folder = await CreateAsync(path, options, account, reachable, logger, cancellationToken);
        else if (!await account.CanEnterAsync(folder, cancellationToken))
            throw new StartupException($"PostgreSQL runs as user {account.Name}, who cannot enter {folder}; move the data folder to where that user can.");
        return new PostgresCluster(folder, account, reachable);
    }

    private static string? Existing(string path)
    {
        var link = new DirectoryInfo(path).LinkTarget;
        if (link is null && !Directory.Exists(path))
            return null;
        var folder = link ?? path;
        if (!Directory.Exists(folder))
            throw new StartupException($"{path} points to {folder}, which is gone; restore it, or remove the link to begin anew.");
        // Another user's private folder looks empty from outside.
        return File.Exists(Path.Combine(folder, "PG_VERSION"))
            ? folder
            : throw new StartupException($"{folder} holds no database that user {Environment.UserName} can read; choose another folder with --data.");
    }

    private static async Task<string> CreateAsync(
        string path, EmbeddedPostgresOptions options, PostgresAccount account, PostgresBinaries binaries, ILogger logger, CancellationToken cancellationToken)
    {
        var isOpen = await account.CanEnterAsync(Path.GetDirectoryName(path)!, cancellationToken);
        var folder = isOpen ? path : Path.Combine(options.OpenFolder, "postgres-data-" + Path.GetRandomFileName());
        var partial = isOpen ? folder + ".new" : Path.Combine(options.OpenFolder, $"postgres-data-{Fingerprint(path)}.new");
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        try
        {
            account.CreatePrivateFolder(partial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The folder {partial} cannot be made ({exception.Message.TrimEnd('.')}).", exception);
        }
        await InitialiseAsync(partial, options, account, binaries, cancellationToken);
        Directory.Move(partial, folder);
        if (!isOpen)
        {
            Directory.CreateSymbolicLink(path, folder);
            Log.Moved(logger, folder, account.Name, Path.GetDirectoryName(path)!);
        }
        return folder;
    }

    // The same for every start of one data folder, so that a start that was cut off leaves nothing for ever.
    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    /// <remarks>
    /// The built-in provider sorts by code point and knows the letters of all scripts, the same on every machine. libc's
    /// C.UTF-8 stands beside it because text search and trigrams ask libc which bytes are letters.
    /// </remarks>
    private static async Task InitialiseAsync(
        string folder, EmbeddedPostgresOptions options, PostgresAccount account, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        string[] command =
        [
            binaries.Initdb, "--pgdata", folder, "--username", Superuser, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        ];
        var (exitCode, output) = await Unix.RunAsync(account.Command(options.Durable ? command : [.. command, "--no-sync"]), cancellationToken);
        if (exitCode == 0)
            return;
        Directory.Delete(folder, recursive: true);
        throw new StartupException($"The database could not be created in {folder}: {PostgresLog.Reason(output)}");
    }
}
