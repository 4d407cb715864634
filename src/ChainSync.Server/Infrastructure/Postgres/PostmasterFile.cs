using System.Diagnostics;
using System.Globalization;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>What a running PostgreSQL writes about itself into <c>postmaster.pid</c> of its data folder.</summary>
internal sealed record PostmasterFile(string Identity, int ProcessId, string SocketFolder, bool IsReady)
{
    private const int IdentityLines = 3; // process, data folder, start time
    private const int SocketFolderLine = 4;
    private const int StatusLine = 7;

    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    public static PostmasterFile? Read(string cluster) => ReadFile(PathIn(cluster));

    /// <summary>Whether the process named in the file exists, whatever it is.</summary>
    public bool ProcessExists()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether that process is the PostgreSQL that wrote this very file, and not a later one with the same number.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (process.HasExited || process.ProcessName != "postgres")
                return false;
            // PostgreSQL works in its data folder, so the file is found there again, with the same start time in it.
            return !OperatingSystem.IsLinux() || ReadFile($"/proc/{ProcessId}/cwd/postmaster.pid")?.Identity == Identity;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }

    private static PostmasterFile? ReadFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
        var lines = text.Split('\n');
        return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new PostmasterFile(string.Join('\n', lines.Take(IdentityLines)), processId, Line(lines, SocketFolderLine), Line(lines, StatusLine) == "ready")
            : null;
    }

    private static string Line(string[] lines, int index) => lines.Length > index ? lines[index].Trim() : "";
}
