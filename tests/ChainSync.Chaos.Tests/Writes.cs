using Npgsql;

namespace ChainSync.Chaos.Tests;

/// <summary>Whether each acknowledged write is in the log once, where its answer said.</summary>
internal static class Writes
{
    private const string Sql = """
        select a.op_id,
          (select count(*) from operation o where o.store_id = a.store_id and o.op_id = a.op_id and o.seq = a.seq),
          (select count(*) from operation o where o.op_id = a.op_id),
          (select count(*) from change_log c where c.store_id = a.store_id and c.op_id = a.op_id),
          (select count(distinct (c.entity, c.entity_id)) from change_log c where c.store_id = a.store_id and c.op_id = a.op_id),
          (select max(c.seq) from change_log c where c.store_id = a.store_id and c.op_id = a.op_id) = a.seq
        from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as a(op_id, store_id, seq)
        """;

    public static async Task<List<string>> WrongsAsync(NpgsqlDataSource source, IReadOnlyList<Acknowledged> acknowledged)
    {
        await using var command = source.CreateCommand(Sql);
        command.CommandTimeout = 300;
        command.Parameters.Add(new() { Value = acknowledged.Select(a => a.OperationId).ToArray() });
        command.Parameters.Add(new() { Value = acknowledged.Select(a => a.StoreId).ToArray() });
        command.Parameters.Add(new() { Value = acknowledged.Select(a => a.Seq).ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var wrongs = new List<string>();
        while (await reader.ReadAsync())
        {
            var (here, anywhere, rows, things) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            var right = here == 1 && anywhere == 1 && rows >= 1 && rows == things && !reader.IsDBNull(5) && reader.GetBoolean(5);
            if (!right) wrongs.Add($"the acknowledged operation {reader.GetGuid(0)} is {here} times where it was said, {anywhere} times in all, with {rows} rows of {things} things");
        }
        return wrongs;
    }
}
