using ChainSync.Core.Customers;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;

namespace ChainSync.Server.Features.Customers;

/// <summary>Reads customers.</summary>
public sealed class CustomerQueries(NpgsqlDataSource dataSource)
{
    private const string Columns =
        "id, name, active, total_spent_minor, total_orders, sync_version, last_synced_at, email, phone, last_order_at";

    private static readonly string Searched =
        TextSearch.Matches("to_tsvector('simple', name || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''))");

    private const string OneSql = $"select {Columns} from customers where store_id = $1 and id = $2";

    /// <summary>A page, by name.</summary>
    public async Task<Page<CustomerInfo>> PageAsync(Guid storeId, CustomerFilter filter, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), Cursor.ParseName(filter.After));
        var words = TextSearch.Words(filter.Q);
        var statement = new ListStatement(Columns, "customers")
            .And("store_id = ?", storeId)
            .And("active = ?", filter.Active ?? true)
            .After("name, id", after is { } a ? [a.Name, a.Id] : null);
        var command = words is null ? statement.OrderBy("name, id", limit) : statement.SearchByName(Searched, words, "name", "id", "2, 1", limit);
        return await PageReader.ReadAsync(dataSource, storeId, command, limit, Customer, c => Cursor.OfName(c.Name, c.Id), cancellationToken);
    }

    /// <summary>One customer, or null when the store has none of that id.</summary>
    public async Task<CustomerInfo?> FindAsync(Guid storeId, Guid customerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(OneSql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = customerId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Customer(reader) : null;
    }

    private static CustomerInfo Customer(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetFieldValue<DateTimeOffset>(6),
        row.TextOrNull(7), row.TextOrNull(8), row.GetFieldValue<DateTimeOffset?>(9));
}

/// <summary>Which customers, and which page of them.</summary>
/// <param name="Q">Words that name, telephone number or e-mail address must have, each perhaps only begun.</param>
/// <param name="Active">False for the archived ones; otherwise the others.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record CustomerFilter(string? Q, bool? Active, int? Limit, string? After);
