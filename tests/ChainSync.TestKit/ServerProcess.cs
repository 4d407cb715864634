using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChainSync.TestKit;

/// <summary>
/// The built server as a process of its own, for tests that send it signals or kill it. It listens on a free port and keeps
/// its data where it is told.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadOutputAsync();
    }

    public int Id => _process.Id;

    /// <summary>Where it listens; faults when it ends before it is ready.</summary>
    public Task<Uri> Address => _address.Task.WaitAsync(Patience);

    /// <param name="dataFolder">Its <c>Data:Folder</c>.</param>
    /// <param name="settings">Further configuration, such as <c>("Postgres:BinariesFolder", "/none")</c>.</param>
    public static ServerProcess Start(string dataFolder, params IEnumerable<(string Key, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChainSync.Server.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__ChainSync");
        IEnumerable<(string Key, string Value)> defaults = [("urls", "http://127.0.0.1:0"), ("Data:Folder", dataFolder), ("Demo:Enabled", "false")];
        foreach (var (key, value) in defaults.Concat(settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Sends a signal by name, such as <c>TERM</c>.</summary>
    public Task SignalAsync(string name) => SignalAsync(Id, name);

    public static async Task SignalAsync(int processId, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits for its end; answers the exit code and what it wrote on stderr.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return (_process.ExitCode, await _errors.WaitAsync(Patience));
    }

    /// <summary>Kills it as a crash would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
            await EndAsync();
        }
        _process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
        _address.TrySetException(new InvalidOperationException("The server ended before it was ready: " + await _errors));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
