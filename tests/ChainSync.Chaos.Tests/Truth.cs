using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Live;
using Npgsql;

namespace ChainSync.Chaos.Tests;

/// <summary>
/// What should have come: the log as SQL has it, and the rights as this file and <see cref="Shelf"/> state them. Of the server only the
/// texts of the events are taken; who is to get which, and in what order, is said here.
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
            var (owners, shelf) = (new Dictionary<Guid, Guid>(), new Shelf());
            truth._byStore[store] = [.. rows.SelectMany(row => TellOf(row, owners, shelf))];
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

    /// <summary>The rights: the matrix of roles, one's own stores, and of customers one's own orders and payments, and what is on the shelf.</summary>
    private static bool MaySee(Person person, Guid store, Told told)
    {
        if (person.Role != Role.Admin && !person.StoreIds.Contains(store)) return false;
        return person.Role switch
        {
            Role.Admin => told.ForStaff,
            Role.Manager => told.ForStaff && told.Namespace != "system",
            Role.Staff => told.ForStaff && told.Namespace is "orders" or "customers" or "products" or "inventory",
            Role.Customer => (told.Namespace == "products" && told.ForCustomers) || (told.Namespace is "orders" or "payments" && told.CustomerId == person.CustomerId),
            _ => told.Namespace == "products" && told.ForCustomers,
        };
    }

    private static IEnumerable<Told> TellOf(LogRow row, Dictionary<Guid, Guid> owners, Shelf shelf) => row.Change.Entity switch
    {
        "product" or "category" => shelf.TellOf(row),
        "sale" or "refund" => OwnedTellOf(row, owners),
        _ => HubEvents.Of([row]).Select(e => new Told(e)),
    };

    // Whose it is stands in the row that the fact began with.
    private static IEnumerable<Told> OwnedTellOf(LogRow row, Dictionary<Guid, Guid> owners)
    {
        if (row.Change is { Kind: ChangeKind.Create, After: { } body })
        {
            var json = JsonElement.Parse(body);
            if (json.TryGetProperty("customerId", out var id) && id.ValueKind == JsonValueKind.String) owners[row.Change.EntityId] = id.GetGuid();
        }
        var owner = owners.GetValueOrDefault(row.Change.EntityId);
        return HubEvents.Of([row with { State = new JsonObject { ["customerId"] = owner }.ToJsonString() }]).Select(e => new Told(e) { CustomerId = owner });
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
}
