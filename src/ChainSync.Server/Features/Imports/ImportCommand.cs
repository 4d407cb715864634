using ChainSync.Core.Identity;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.Postgres;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>The command <c>import</c>: an import at the terminal, beside a running server or without one.</summary>
public static class ImportCommand
{
    private const int CouldNotGoOn = 1;
    private const int WrongCommand = 2;
    private const int Stopped = 130;

    /// <summary>Runs the command against the server's database, its own or the one that is running, and answers the exit code.</summary>
    /// <param name="args">What was typed after <c>import</c>.</param>
    /// <param name="configuration">The server's.</param>
    /// <param name="stopping">Ctrl-C: ends it after the chunk at hand.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IConfiguration configuration, CancellationToken stopping)
    {
        if (args.Any(a => a is "--help" or "-h")) return Say(Console.Out, ImportArguments.Help, 0);
        var (arguments, problem) = ImportArguments.Parse(args);
        if (arguments is null) return Say(Console.Error, $"{problem} ./run import --help tells more.", WrongCommand);
        await using var database = await DatabaseConnection.OpenAsync(configuration, TimeProvider.System, besideServer: true, stopping);
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System).AddData(database.ConnectionString).AddStores()
            .AddSingleton<CreateStore>().AddSingleton<OnlineRetailImport>().AddSingleton<ImportStores>().BuildServiceProvider();
        await Migrator.MigrateAsync(services.GetRequiredService<NpgsqlDataSource>(), stopping);
        return await RunAsync(arguments, services.GetRequiredService<ImportStores>(), services.GetRequiredService<OnlineRetailImport>(), ImportConsole.OfProcess(), stopping);
    }

    /// <summary>Runs the import that was asked for.</summary>
    internal static async Task<int> RunAsync(
        ImportArguments arguments, ImportStores stores, OnlineRetailImport import, ImportConsole console, CancellationToken stopping)
    {
        try
        {
            await using var file = Open(arguments.File);
            var store = await stores.FindOrOpenAsync(arguments.Store, arguments.DryRun, console.Line, stopping);
            var done = await import.RunAsync(file, store, arguments.DryRun, Caller.System, console.ProgressAsync, stopping);
            console.Summary(done, arguments.DryRun);
            if (done.Rejects.Count > 0) await WriteRejectsAsync(arguments, done, console);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return console.Failed("Stopped. Every chunk that was shown is in; run it again to complete it: nothing is doubled.", Stopped);
        }
        catch (ImportException e)
        {
            return console.Failed(e.Message, CouldNotGoOn);
        }
        catch (NpgsqlException e)
        {
            return console.Failed($"The database failed: {e.Message} Run it again: nothing is doubled.", CouldNotGoOn);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"The file {path} cannot be read: {e.Message}", e);
        }
    }

    private static async Task WriteRejectsAsync(ImportArguments arguments, ImportProgress done, ImportConsole console)
    {
        var path = arguments.RejectsFile ?? Path.GetFileName(arguments.File) + ".rejects.csv";
        try
        {
            await File.WriteAllTextAsync(path, RejectsFile.Of(done.Rejects), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"The import is done, but the rejects file {path} cannot be written: {e.Message}", e);
        }
        console.Line($"{done.Rejects.Count:N0} rejected lines are in {path}.");
    }

    private static int Say(TextWriter writer, string text, int exitCode)
    {
        writer.WriteLine(text);
        return exitCode;
    }
}
