using System.Globalization;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>
/// The folder of one server. The lock is the kernel's (flock), so it ends with its process however that dies; the file
/// itself stays, since deleting a lock file lets two processes lock two files of one name.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    // EWOULDBLOCK on Linux and on macOS: what an flock held by another process answers.
    private static readonly int[] Taken = [11, 35];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream file)
    {
        Path = path;
        _lock = file;
    }

    public string Path { get; }

    /// <summary>PostgreSQL's own files; as root perhaps a link to a folder that its user can enter.</summary>
    public static string ClusterIn(string folder) => System.IO.Path.Combine(folder, "postgres");

    public string PostgresLog => System.IO.Path.Combine(Path, "postgres.log");

    /// <returns>The folder, or null when another process holds it.</returns>
    /// <exception cref="StartupException">The folder cannot be made or written.</exception>
    public static DataFolder? TryTake(string folder)
    {
        try
        {
            Create(folder);
            var file = new FileStream(LockIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Beside the lock, because the base library locks to read, too.
            File.WriteAllText(OwnerIn(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(folder, file);
        }
        catch (IOException exception) when (Taken.Contains(exception.HResult))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data folder {folder} is not writable by user {Environment.UserName} ({exception.Message.TrimEnd('.')}); choose another with --data.", exception);
        }
    }

    /// <summary>The process that holds a folder, as it wrote itself down.</summary>
    public static string OwnerOf(string folder) => File.Exists(OwnerIn(folder)) ? File.ReadAllText(OwnerIn(folder)) : "unknown";

    public void Dispose() => _lock.Dispose();

    private static string LockIn(string folder) => System.IO.Path.Combine(folder, "chainsync.lock");

    private static string OwnerIn(string folder) => System.IO.Path.Combine(folder, "chainsync.pid");

    private static void Create(string folder)
    {
        // As root, PostgreSQL's own user passes through this folder; it can neither list nor change it.
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (Environment.IsPrivilegedProcess)
            mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, mode);
    }
}
