using System.Collections.Concurrent;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>
/// Runs the imports that were asked for over HTTP, one at a time in each store. A server that ends stops its imports after the chunk
/// at hand and says so; one that died is found out at the next start, because nobody holds its lock any more.
/// </summary>
internal sealed partial class ImportJobs(
    ImportTable table, OnlineRetailImport import, NpgsqlDataSource dataSource, ImportOptions options, ILogger<ImportJobs> logger) : IHostedService, IDisposable
{
    public const string Interrupted = "The server stopped while it ran: run it again, nothing is doubled.";
    public const string Cancelled = "Cancelled. What was written stays; run it again to complete it, nothing is doubled.";

    public static readonly Rejection Busy = new(
        "imports.already-running", "Another import into this store is under way. Wait for it, or cancel it.");

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (storeId, status) in await table.ListRunningAsync(cancellationToken))
        {
            if (!await IsAbandonedAsync(storeId, cancellationToken)) continue; // another server's
            await table.EndAsync(storeId, status with { State = ImportStatus.Failed, SecondsLeft = null, Error = Interrupted }, rejects: "");
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Starts an import, unless the store has one running; a repeat of the same request answers how that one is.</summary>
    /// <param name="id">The operation id of the request.</param>
    /// <param name="store">The store.</param>
    /// <param name="file">The file; deleted when it is closed, which the job does.</param>
    /// <param name="dryRun">Whether nothing is to be written.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Ends the asking, not the job.</param>
    public async Task<Outcome<(ImportStatus Status, bool Replayed)>> BeginAsync(
        Guid id, Store store, FileStream file, bool dryRun, Caller caller, CancellationToken cancellationToken)
    {
        var status = ImportStatus.Of(id, ImportStatus.Running, dryRun, new ImportProgress());
        if (await table.TryBeginAsync(store.Id, status, caller, cancellationToken))
        {
            _running[id] = Task.Run(() => RunAsync(store, file, status, caller), CancellationToken.None);
            return (status, false);
        }
        await file.DisposeAsync();
        return await table.FindAsync(store.Id, id, cancellationToken) is { } known ? (known, true) : Busy;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(Store store, FileStream file, ImportStatus begun, Caller caller)
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var last = new ImportProgress();
        var (state, error) = (ImportStatus.Done, (string?)null);
        try
        {
            await using (file)
                last = await import.RunAsync(file, store, begun.DryRun, caller, ReportAsync, cancelling.Token);
        }
        catch (OperationCanceledException) when (cancelling.IsCancellationRequested)
        {
            (state, error) = (ImportStatus.Failed, _stopping.IsCancellationRequested ? Interrupted : Cancelled);
        }
        catch (ImportException e)
        {
            (state, error) = (ImportStatus.Failed, e.Message);
        }
        catch (Exception e)
        {
            LogFault(logger, e, begun.Id); // the edge of a background loop: whoever asked must hear that it ended
            (state, error) = (ImportStatus.Failed, "The import failed on the server. Run it again, nothing is doubled; if it fails again, see the server's log.");
        }
        await EndAsync(store.Id, ImportStatus.Of(begun.Id, state, begun.DryRun, last, error), RejectsFile.Of(last.Rejects.Take(options.MaxKeptRejects)));
        _running.TryRemove(begun.Id, out _);

        async Task ReportAsync(ImportProgress progress)
        {
            last = progress;
            if (!await table.ReportAsync(store.Id, ImportStatus.Of(begun.Id, ImportStatus.Running, begun.DryRun, progress), CancellationToken.None))
                await cancelling.CancelAsync();
        }
    }

    private async Task EndAsync(Guid storeId, ImportStatus status, string rejects)
    {
        try
        {
            await table.EndAsync(storeId, status, rejects);
        }
        catch (NpgsqlException e)
        {
            LogFault(logger, e, status.Id); // the database is gone; the next start finds the import abandoned
        }
    }

    private async Task<bool> IsAbandonedAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var held = await ImportLock.TakeAsync(connection, storeId, cancellationToken);
            return true;
        }
        catch (ImportException)
        {
            return false;
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "Import {ImportId} failed")]
    private static partial void LogFault(ILogger logger, Exception exception, Guid importId);
}
