using Npgsql;

namespace ChainSync.Chaos.Tests;

/// <summary>Whether each acknowledged write is in the log once, where its answer said.</summary>
internal static class Writes
{
    // Joins of what is counted once, for a long run has tens of thousands of writes.
    private const string Sql = """
        select a.op_id, coalesce(h.here, 0), coalesce(o.anywhere, 0), coalesce(c.rows, 0), coalesce(c.things, 0), c.last = a.seq
        from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as a(op_id, store_id, seq)
        left join (select store_id, op_id, seq, count(*) as here from operation group by store_id, op_id, seq) h using (store_id, op_id, seq)
        left join (select op_id, count(*) as anywhere from operation group by op_id) o using (op_id)
        left join (
          select store_id, op_id, count(*) as rows, count(distinct (entity, entity_id)) as things, max(seq) as last
          from change_log group by store_id, op_id) c using (store_id, op_id)
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
