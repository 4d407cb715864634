using ChainSync.Server.Data;
using ChainSync.Core.Log;
using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>Reads the change log forward: the one query behind the tail, resume and pull.</summary>
public sealed class LogReader(NpgsqlDataSource dataSource)
{
    private const string RowsSql = """
        select seq, op_id, entity, entity_id, version, kind, actor_id, at, after, before
        from change_log where store_id = $1 and seq > $2 order by seq limit $3
        """;

    private readonly RowStates _states = new(dataSource);

    /// <summary>Rows after a position, in order, with the states that their events need.</summary>
    public async Task<IReadOnlyList<LogRow>> ReadAsync(Guid storeId, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<LogRow>();
        await using (var command = dataSource.CreateCommand(RowsSql))
        {
            command.Parameters.Add(new() { Value = storeId });
            command.Parameters.Add(new() { Value = after });
            command.Parameters.Add(new() { Value = limit });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) rows.Add(Row(storeId, reader));
        }
        return await _states.AddAsync(storeId, rows, cancellationToken);
    }

    /// <summary>Where every store's log stands.</summary>
    public async Task<IReadOnlyDictionary<Guid, LogPosition>> HeadsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select store_id, seq, epoch from store_head");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var heads = new Dictionary<Guid, LogPosition>();
        while (await reader.ReadAsync(cancellationToken)) heads[reader.GetGuid(0)] = new(reader.GetInt64(1), reader.GetGuid(2));
        return heads;
    }

    /// <summary>Where a store's log stands, or null when there is no such store.</summary>
    public async Task<LogPosition?> HeadAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select seq, epoch from store_head where store_id = $1");
        command.Parameters.Add(new() { Value = storeId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new LogPosition(reader.GetInt64(0), reader.GetGuid(1)) : null;
    }

    private static LogRow Row(Guid storeId, NpgsqlDataReader row)
    {
        var kind = row.GetString(5) switch { "create" => ChangeKind.Create, "update" => ChangeKind.Update, _ => ChangeKind.Delete };
        var change = new Change(
            row.GetString(2), row.GetGuid(3), row.GetInt64(4), kind, row.TextOrNull(8), row.TextOrNull(9));
        return new LogRow(storeId, row.GetInt64(0), row.GetGuid(1), change, row.GetFieldValue<Guid?>(6), row.GetFieldValue<DateTimeOffset>(7));
    }
}
