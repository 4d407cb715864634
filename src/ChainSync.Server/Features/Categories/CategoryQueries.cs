using System.Globalization;
using ChainSync.Core.Categories;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Features.Categories;

/// <summary>Reads categories.</summary>
public sealed class CategoryQueries(NpgsqlDataSource dataSource)
{
    private const string PageSql = """
        select id, name, position, active, sync_version, last_synced_at, parent_id from categories
        where store_id = $1 and active = $2 and ($3::int is null or (position, name, id) > ($3, $4, $5))
        order by position, name, id limit $6
        """;

    /// <summary>A page, by position.</summary>
    public async Task<Page<CategoryInfo>> PageAsync(Guid storeId, CategoryFilter filter, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), AfterOf(filter.After));
        var command = new NpgsqlBatchCommand(PageSql)
        {
            Parameters =
            {
                new() { Value = storeId },
                new() { Value = filter.Active ?? true },
                Optional(after?.Position, NpgsqlDbType.Integer),
                Optional(after?.Name, NpgsqlDbType.Text),
                Optional(after?.Id, NpgsqlDbType.Uuid),
                new() { Value = limit + 1 },
            },
        };
        return await PageReader.ReadAsync(
            dataSource, storeId, command, limit, Category,
            c => Cursor.Of(c.Position.ToString(CultureInfo.InvariantCulture), c.Name, c.Id.ToString()), cancellationToken);
    }

    private static (int Position, string Name, Guid Id)? AfterOf(string? cursor) =>
        Cursor.Parse(cursor, 3) is not { } keys ? null
        : int.TryParse(keys[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
          && !keys[1].Contains('\0', StringComparison.Ordinal) && Guid.TryParse(keys[2], out var id)
            ? (position, keys[1], id)
            : throw Cursor.Unreadable();

    private static CategoryInfo Category(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetBoolean(3), row.GetInt64(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<Guid?>(6));

    private static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>Which categories, and which page of them.</summary>
/// <param name="Active">False for the archived ones; otherwise those in use.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record CategoryFilter(bool? Active, int? Limit, string? After);
