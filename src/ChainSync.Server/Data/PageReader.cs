using ChainSync.Server.Infrastructure.Http;
using Npgsql;

namespace ChainSync.Server.Data;

/// <summary>Reads a page of a store's list with the log position it was read at.</summary>
public static class PageReader
{
    private const string HeadSql = "select seq, epoch from store_head where store_id = $1";

    /// <summary>Runs <paramref name="items"/>, which asks for one row more than <paramref name="limit"/> to know whether there is a next page.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="storeId">The store whose list it is.</param>
    /// <param name="items">The statement.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="map">A row as an item.</param>
    /// <param name="cursor">An item's place in the list.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<Page<T>> ReadAsync<T>(
        NpgsqlDataSource dataSource, Guid storeId, NpgsqlBatchCommand items, int limit,
        Func<NpgsqlDataReader, T> map, Func<T, string> cursor, CancellationToken cancellationToken)
    {
        // The position is read first: what commits between the two statements is in the page and will come again as an event,
        // which is harmless; the other way round it would be in neither.
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new(HeadSql) { Parameters = { new() { Value = storeId } } });
        batch.BatchCommands.Add(items);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) throw new RejectionException(Sync.StoreErrors.NotFound);
        var position = new Position(reader.GetInt64(0), reader.GetGuid(1));
        await reader.NextResultAsync(cancellationToken);
        var list = new List<T>(limit + 1);
        while (await reader.ReadAsync(cancellationToken)) list.Add(map(reader));
        if (list.Count <= limit) return new Page<T>(list, null, position);
        list.RemoveAt(limit);
        return new Page<T>(list, cursor(list[^1]), position);
    }
}
