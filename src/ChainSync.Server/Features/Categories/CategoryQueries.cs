using System.Globalization;
using ChainSync.Core.Categories;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;

namespace ChainSync.Server.Features.Categories;

/// <summary>Reads categories.</summary>
public sealed class CategoryQueries(NpgsqlDataSource dataSource)
{
    private const string Columns = "id, name, position, active, sync_version, last_synced_at, parent_id";

    /// <summary>A page, by position.</summary>
    public async Task<Page<CategoryInfo>> PageAsync(Guid storeId, CategoryFilter filter, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), AfterOf(filter.After));
        var statement = new ListStatement(Columns, "categories")
            .And("store_id = ?", storeId)
            .And("active = ?", filter.Active ?? true)
            .After("position, name, id", after is { } a ? [a.Position, a.Name, a.Id] : null)
            .OrderBy("position, name, id", limit);
        return await PageReader.ReadAsync(
            dataSource, storeId, statement, limit, Category,
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
}

/// <summary>Which categories, and which page of them.</summary>
/// <param name="Active">False for the archived ones; otherwise those in use.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record CategoryFilter(bool? Active, int? Limit, string? After);
