using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>The few things that the base library leaves to the operating system: signals, owners, short-lived commands.</summary>
internal static class Unix
{
    public const int Interrupt = 2;
    public const int Quit = 3;

    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (Chown(path, userId, groupId) != 0)
            throw new StartupException($"Cannot give {path} to user {userId}: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Runs a command to its end and answers its exit code and everything it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var start = StartInfo(command);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>A command whose working folder any user may enter and whose surroundings do not steer PostgreSQL.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> command)
    {
        var words = command.ToArray();
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = "/", UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new StartupException($"Cannot run {start.FileName}: {exception.Message}.", exception);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint userId, uint groupId);
}
