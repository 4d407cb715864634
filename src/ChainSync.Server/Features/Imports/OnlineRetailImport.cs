using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Imports;
using ChainSync.Core.Stores;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>
/// Imports a file of the <c>online-retail</c> format into a store: read all of it, see what the store has, write the rest chunk by
/// chunk. Whatever ends it between two chunks, running it again completes it.
/// </summary>
public sealed class OnlineRetailImport(NpgsqlDataSource dataSource, StoreWriter writer, TimeProvider clock)
{
    /// <summary>The format's currency: the file says none, its shop was in Britain.</summary>
    public const string Currency = "GBP";

    /// <summary>Runs an import.</summary>
    /// <param name="file">The file from its start; seekable, left open.</param>
    /// <param name="store">The store; in a dry run it need not exist yet.</param>
    /// <param name="dryRun">True to find out everything and write nothing.</param>
    /// <param name="caller">Who imports; a manager of the store.</param>
    /// <param name="report">Told how far it is, from the first to the final state.</param>
    /// <param name="cancellationToken">Ends it after the chunk at hand.</param>
    /// <returns>The final state.</returns>
    /// <exception cref="ImportException">It cannot go on; the message says why.</exception>
    public async Task<ImportProgress> RunAsync(
        Stream file, Store store, bool dryRun, Caller caller, Func<ImportProgress, Task> report, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var held = await ImportLock.TakeAsync(connection, store.Id, cancellationToken);
        var book = OnlineRetailReader.ReadBook(file, cancellationToken);
        var before = await StoreBeforeReader.ReadAsync(connection, store.Id, book, cancellationToken)
            ?? (dryRun ? new StoreBefore { Store = store } : null)
            ?? throw new ImportException("There is no such store. Nothing was written.");
        if (before.Store.Currency != Currency)
            throw new ImportException($"The file is in {Currency} and the store {before.Store.Name} sells in {before.Store.Currency}. Nothing was written.");
        var run = new ImportRun(book, before);
        await report(run.Progress);
        var started = clock.GetTimestamp();
        foreach (var chunk in run.Planner.Chunks())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!dryRun) await WriteAsync(store.Id, chunk, caller);
            run.Note(chunk, clock.GetElapsedTime(started));
            await report(run.Progress);
        }
        return run.Progress;
    }

    // Not cancelled half-way: a chunk takes less than a second, and its answer tells whether it is in.
    private async Task WriteAsync(Guid storeId, ImportChunk chunk, Caller caller)
    {
        var operation = ImportChunkCommand.OperationOf(storeId, chunk);
        var outcome = await writer.CommitAsync(operation, caller, new ImportChunkCommand(chunk, operation), CancellationToken.None);
        if (!outcome.IsAccepted) throw Refused(outcome.Rejection, chunk);
    }

    private static ImportException Refused(Rejection rejection, ImportChunk chunk) => new(rejection.Code is "common.version-conflict" or "common.already-exists"
        ? $"Somebody changed what invoices {chunk.Documents[0]} to {chunk.Documents[^1]} touch while they were written. Run it again: nothing is doubled."
        : $"{rejection.Detail} The import stopped before invoice {chunk.Documents[0]}.");
}
