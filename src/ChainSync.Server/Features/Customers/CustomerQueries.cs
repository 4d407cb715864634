using ChainSync.Core.Customers;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Features.Customers;

/// <summary>Reads customers.</summary>
public sealed class CustomerQueries(NpgsqlDataSource dataSource)
{
    private const string Columns =
        "id, name, active, total_spent_minor, total_orders, sync_version, last_synced_at, email, phone, last_order_at";

    private const string Searched = "to_tsvector('simple', name || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''))";

    private const string OneSql = $"select {Columns} from customers where store_id = $1 and id = $2";

    private static readonly string PageSql = $"""
        select {Columns} from customers
        where store_id = $1 and active = $2
          and ($3::text is null or {TextSearch.Matches(Searched, "$3")})
          and ($4::text is null or (name, id) > ($4, $5))
        order by name, id limit $6
        """;

    /// <summary>A page, by name.</summary>
    public async Task<Page<CustomerInfo>> PageAsync(Guid storeId, CustomerFilter filter, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), Cursor.ParseName(filter.After));
        var command = new NpgsqlBatchCommand(PageSql)
        {
            Parameters =
            {
                new() { Value = storeId },
                new() { Value = filter.Active ?? true },
                TextSearch.Parameter(filter.Q),
                Optional(after?.Name, NpgsqlDbType.Text),
                Optional(after?.Id, NpgsqlDbType.Uuid),
                new() { Value = limit + 1 },
            },
        };
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

    private static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>Which customers, and which page of them.</summary>
/// <param name="Q">Words that name, telephone number or e-mail address must have, each perhaps only begun.</param>
/// <param name="Active">False for the archived ones; otherwise the others.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record CustomerFilter(string? Q, bool? Active, int? Limit, string? After);
