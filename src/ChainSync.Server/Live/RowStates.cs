using System.Text.Json.Nodes;
using ChainSync.Core.Log;
using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>
/// What updates do not say of their entity and their events depend on: whose sale it is, and what everybody sees of a product or a
/// category. The state at a row is the present one without what later rows changed, so it is the same whenever it is asked for,
/// and costs a look at the later rows only: of a row that was just written there are none.
/// </summary>
internal sealed class RowStates(NpgsqlDataSource dataSource)
{
    /// <summary>What everybody sees of a product on offer, beside id, version and stock: what REST shows to those who are not signed in.</summary>
    public static readonly List<string> ProductFields = ["sku", "name", "categoryId", "priceMinor", "taxClassId", "barcodes", "active"];

    /// <summary>What everybody sees of a category in use.</summary>
    public static readonly List<string> CategoryFields = ["name", "parentId", "position", "active"];

    private static readonly string Sql = $"""
        select r.seq, (coalesce(case r.entity
            when 'sale' then {Now("sales", ["customerId"])}
            when 'product' then {Now("products", ProductFields)}
            when 'category' then {Now("categories", CategoryFields)}
          end, '{EmptyObject}') || coalesce((
            select jsonb_object_agg(f.key, f.value order by l.seq desc)
            from change_log l cross join jsonb_each(l.before::jsonb) f
            where l.store_id = $1 and l.entity = r.entity and l.entity_id = r.entity_id and l.seq > r.seq), '{EmptyObject}'))::text
        from unnest($2, $3, $4) as r(seq, entity, entity_id)
        """;

    private const string EmptyObject = "{}";

    /// <summary>The rows, those that need it with their state.</summary>
    /// <param name="storeId">Whose log they are of.</param>
    /// <param name="rows">A stretch of it without gaps, in order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<LogRow>> AddAsync(Guid storeId, IReadOnlyList<LogRow> rows, CancellationToken cancellationToken)
    {
        var histories = rows.GroupBy(r => (r.Change.Entity, r.Change.EntityId)).Where(h => h.Any(NeedsState)).Select(h => h.ToArray()).ToArray();
        if (histories.Length == 0) return rows;
        var inTheEnd = await ReadAsync(storeId, [.. histories.Select(h => h[^1])], cancellationToken);
        var states = histories.SelectMany(h => Undo(h, inTheEnd[h[^1].Seq])).ToDictionary(s => s.Seq, s => s.State);
        return [.. rows.Select(r => states.TryGetValue(r.Seq, out var state) ? r with { State = state } : r)];
    }

    private async Task<Dictionary<long, string>> ReadAsync(Guid storeId, LogRow[] rows, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Seq).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Change.Entity).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Change.EntityId).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var states = new Dictionary<long, string>(rows.Length);
        while (await reader.ReadAsync(cancellationToken)) states[reader.GetInt64(0)] = reader.GetString(1);
        return states;
    }

    // From the last of an entity's rows back to the first: the state at a row is the one at the next without what that one changed.
    private static List<(long Seq, string State)> Undo(LogRow[] history, string inTheEnd)
    {
        if (history.Length == 1) return [(history[0].Seq, inTheEnd)];
        var states = new List<(long, string)>(history.Length);
        var state = JsonNode.Parse(inTheEnd)!.AsObject();
        foreach (var row in history.Reverse())
        {
            if (NeedsState(row)) states.Add((row.Seq, state.ToJsonString()));
            if (row.Change.Before is not { } before) continue;
            foreach (var (name, value) in JsonNode.Parse(before)!.AsObject()) state[name] = value?.DeepClone();
        }
        return states;
    }

    private static bool NeedsState(LogRow row) => row.Change is { Kind: ChangeKind.Update, Entity: "sale" or "product" or "category" };

    private static string Now(string table, IEnumerable<string> fields) =>
        $"(select jsonb_build_object({string.Join(", ", fields.Select(f => $"'{f}', {Conventions.SnakeCase(f)}"))}) from {table} where store_id = $1 and id = r.entity_id)";
}
