using System.Data;
using Npgsql;

namespace ChainSync.Server.Features.Imports;

/// <summary>Lets one import at a time into a store, over all processes. The database holds it for a connection, so it ends with us however we end.</summary>
internal sealed class ImportLock : IAsyncDisposable
{
    private const string Key = "hashtextextended('import:' || $1::text, 0)";

    private readonly NpgsqlConnection _connection;
    private readonly Guid _storeId;

    private ImportLock(NpgsqlConnection connection, Guid storeId) => (_connection, _storeId) = (connection, storeId);

    /// <exception cref="ImportException">Another import has it.</exception>
    public static async Task<ImportLock> TakeAsync(NpgsqlConnection connection, Guid storeId, CancellationToken cancellationToken) =>
        await CallAsync(connection, $"select pg_try_advisory_lock({Key})", storeId, cancellationToken)
            ? new ImportLock(connection, storeId)
            : throw new ImportException("Another import into this store is under way. Nothing was written; try again when it is done.");

    // The pool would end it only when it hands the connection out again.
    public async ValueTask DisposeAsync()
    {
        if (_connection.State == ConnectionState.Open)
            await CallAsync(_connection, $"select pg_advisory_unlock({Key})", _storeId, CancellationToken.None);
    }

    private static async Task<bool> CallAsync(NpgsqlConnection connection, string sql, Guid storeId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = storeId } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
