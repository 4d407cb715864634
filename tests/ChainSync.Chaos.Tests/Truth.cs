using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Live;
using Npgsql;

namespace ChainSync.Chaos.Tests;

/// <summary>
/// What should have come: the log as SQL has it, and the rights as this file states them. Of the server only the texts of the
/// events are taken; who is to get which, and in what order, is said here.
/// </summary>
internal sealed class Truth
{
    private readonly Dictionary<Guid, List<Told>> _byStore = [];

    private Truth()
    {
    }

    /// <summary>Reads the log of every store, and whether its numbers run without a hole.</summary>
    public static async Task<Truth> ReadAsync(NpgsqlDataSource source, IEnumerable<Guid> stores)
    {
        var truth = new Truth();
        foreach (var store in stores)
        {
            var rows = await RowsAsync(source, store);
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => (long)n), rows.Select(r => r.Seq));
            truth._byStore[store] = [.. rows.SelectMany(TellOf)];
        }
        return truth;
    }

    /// <summary>What somebody who follows a target from a place is to get.</summary>
    public List<Received> For(Person person, string target, long start)
    {
        var (ns, store) = (target.Split(':')[0], Guid.Parse(target.Split(':')[1]));
        return [.. _byStore[store]
            .Where(t => t.Event.Seq > start && (ns == "store" || t.Namespace == ns) && MaySee(person, store, t))
            .Select(t => t.Event)];
    }

    /// <summary>The rights: the matrix of roles, one's own stores, and of customers one's own orders and payments.</summary>
    private static bool MaySee(Person person, Guid store, Told told)
    {
        if (person.Role != Role.Admin && !person.StoreIds.Contains(store)) return false;
        return person.Role switch
        {
            Role.Admin => true,
            Role.Manager => told.Namespace != "system",
            Role.Staff => told.Namespace is "orders" or "customers" or "products" or "inventory",
            Role.Customer => told.Namespace == "products" || (told.Namespace is "orders" or "payments" && told.CustomerId == person.CustomerId),
            _ => told.Namespace == "products",
        };
    }

    private static IEnumerable<Told> TellOf(LogRow row)
    {
        // Whose it is stands in the row that the fact began with.
        Guid? customer = null;
        if (row.Change is { Entity: "sale" or "refund", Kind: ChangeKind.Create, After: { } body })
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("customerId", out var id) && id.ValueKind == JsonValueKind.String) customer = id.GetGuid();
        }
        return HubEvents.Of([row]).Select(e => new Told(Received.Of(e.Channel, e.Seq, e.Part, e.Json.Span), e.Channel.Split(':')[0], customer ?? Guid.Empty));
    }

    private static async Task<List<LogRow>> RowsAsync(NpgsqlDataSource source, Guid store)
    {
        await using var command = source.CreateCommand("""
            select seq, op_id, entity, entity_id, version, kind::text, after, before, actor_id, at from change_log where store_id = $1 order by seq
            """);
        command.Parameters.Add(new() { Value = store });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<LogRow>();
        while (await reader.ReadAsync())
        {
            var change = new Change(
                reader.GetString(2), reader.GetGuid(3), reader.GetInt64(4), Enum.Parse<ChangeKind>(reader.GetString(5), ignoreCase: true),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7));
            rows.Add(new(store, reader.GetInt64(0), reader.GetGuid(1), change, reader.GetFieldValue<Guid?>(8), reader.GetFieldValue<DateTimeOffset>(9)));
        }
        return rows;
    }

    private sealed record Told(Received Event, string Namespace, Guid CustomerId);
}
