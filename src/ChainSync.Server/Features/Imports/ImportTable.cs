using ChainSync.Core.Identity;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Features.Imports;

/// <summary>The table of imports that were asked for over HTTP.</summary>
internal sealed class ImportTable(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>Notes that an import begins.</summary>
    /// <returns>False when the store has one that is running, or one of this id.</returns>
    public Task<bool> TryBeginAsync(Guid storeId, ImportStatus status, Caller caller, CancellationToken cancellationToken) => ChangesAsync(
        """
        insert into imports (store_id, id, dry_run, state, progress, actor_id, started_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $7)
        on conflict do nothing
        """,
        cancellationToken, storeId, status.Id, status.DryRun, status.State, status.ToJson(), caller.Id, clock.GetUtcNow());

    /// <summary>Notes how far a running one is.</summary>
    /// <returns>False when it is to end: somebody cancelled it.</returns>
    public Task<bool> ReportAsync(Guid storeId, ImportStatus status, CancellationToken cancellationToken) => ChangesAsync(
        "update imports set progress = $3, changed_at = $4 where store_id = $1 and id = $2 and state = 'running' and not cancel_requested",
        cancellationToken, storeId, status.Id, status.ToJson(), clock.GetUtcNow());

    /// <summary>Notes how it ended.</summary>
    public Task<bool> EndAsync(Guid storeId, ImportStatus status, string rejects) => ChangesAsync(
        "update imports set state = $3, error = $4, progress = $5, rejects = $6, changed_at = $7 where store_id = $1 and id = $2",
        CancellationToken.None, storeId, status.Id, status.State, status.Error, status.ToJson(), rejects, clock.GetUtcNow());

    /// <summary>Asks a running one to end.</summary>
    /// <returns>False when there is none of that id.</returns>
    public Task<bool> CancelAsync(Guid storeId, Guid id, CancellationToken cancellationToken) => ChangesAsync(
        "update imports set cancel_requested = true where store_id = $1 and id = $2", cancellationToken, storeId, id);

    public async Task<ImportStatus?> FindAsync(Guid storeId, Guid id, CancellationToken cancellationToken) =>
        await TextAsync("select progress from imports where store_id = $1 and id = $2", storeId, id, cancellationToken) is { } json ? ImportStatus.Parse(json) : null;

    public Task<string?> FindRejectsAsync(Guid storeId, Guid id, CancellationToken cancellationToken) =>
        TextAsync("select rejects from imports where store_id = $1 and id = $2", storeId, id, cancellationToken);

    /// <summary>Those that count as running.</summary>
    public async Task<List<(Guid StoreId, ImportStatus Status)>> ListRunningAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select store_id, progress from imports where state = 'running'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var running = new List<(Guid, ImportStatus)>();
        while (await reader.ReadAsync(cancellationToken)) running.Add((reader.GetGuid(0), ImportStatus.Parse(reader.GetString(1))));
        return running;
    }

    private async Task<string?> TextAsync(string sql, Guid storeId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task<bool> ChangesAsync(string sql, CancellationToken cancellationToken, params object?[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter switch
            {
                null => new NpgsqlParameter { Value = DBNull.Value },
                string text => new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Text },
                _ => new NpgsqlParameter { Value = parameter },
            });
        }
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
