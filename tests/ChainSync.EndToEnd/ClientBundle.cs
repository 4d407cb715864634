using System.Diagnostics;
using Xunit;

[assembly: AssemblyFixture(typeof(ChainSync.EndToEnd.ClientBundle))]

namespace ChainSync.EndToEnd;

/// <summary>The TypeScript client of the hub as one file of JavaScript, for places that are not our pages.</summary>
public sealed class ClientBundle : IAsyncLifetime
{
    /// <summary>The module's text; it exports <c>Realtime</c>.</summary>
    public string Text { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var web = Path.Combine(Root(), "web");
        var file = Path.Combine(Path.GetTempPath(), $"chainsync-client-{Environment.ProcessId}.mjs");
        try
        {
            await RunAsync("node", Path.Combine(web, "node_modules", ".bin", "rolldown"), Path.Combine(web, "src", "client", "realtime.ts"), "--format", "esm", "--file", file);
            Text = await File.ReadAllTextAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(string.Join('\n', await output));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ChainSync.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
