using System.Data;
using ChainSync.Server.Data;
using ChainSync.Core.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Sales;

/// <summary>The figures of a store's day, for the live page to start from; events move them on from the position they carry.</summary>
public sealed class LiveQueries(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Newest = 20;

    private const string StoreSql = """
        select s.id, s.code, s.name, s.currency, s.currency_digits, s.locale, s.time_zone, s.prices_include_tax, s.cash_rounding_minor, h.seq, h.epoch
        from stores s join store_head h on h.store_id = s.id where s.id = $1
        """;

    // Money of a day by the hour it moved: sales in, refunds out.
    private const string HoursSql = """
        select extract(hour from m.at at time zone $2)::int, sum(m.minor)::bigint, sum(m.sales)::bigint
        from (select created_at as at, total_minor as minor, 1 as sales from sales where store_id = $1 and created_at >= $3 and created_at < $4
              union all
              select created_at, -total_minor, 0 from refunds where store_id = $1 and created_at >= $3 and created_at < $4) m
        group by 1 order by 1
        """;

    private const string NewestSql = """
        select s.id, s.receipt_series, s.receipt_number, s.imported_from, s.total_minor, s.created_at, s.employee_name,
               (select count(*)::int from sale_lines l where l.store_id = s.store_id and l.sale_id = s.id)
        from sales s where s.store_id = $1 order by s.created_at desc, s.id desc limit $2
        """;

    /// <summary>Today's figures, by the store's own clock on the wall.</summary>
    public async Task<LiveFigures> FiguresAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One snapshot for position and figures: an event after the position is in none of the sums.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (store, position) = await StoreAsync(connection, storeId, cancellationToken);
        var now = clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(store.TimeZone);
        var today = store.DayOf(now);
        var (dayStart, weekAgoStart) = (StartOf(today, zone), StartOf(today.AddDays(-7), zone));
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Hours(storeId, store.TimeZone, dayStart, StartOf(today.AddDays(1), zone)),
                Hours(storeId, store.TimeZone, weekAgoStart, weekAgoStart + (now - dayStart)),
                new(NewestSql) { Parameters = { new() { Value = storeId }, new() { Value = Newest } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var hours = await ReadHoursAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var weekAgo = await ReadHoursAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var newest = await ReadNewestAsync(reader, cancellationToken);
        return new LiveFigures(
            today, store.Currency, hours.Sum(h => h.RevenueMinor), hours.Sum(h => h.SaleCount), weekAgo.Sum(h => h.RevenueMinor), hours, newest, position);
    }

    private static async Task<(Store Store, Position Position)> StoreAsync(NpgsqlConnection connection, Guid storeId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(StoreSql, connection) { Parameters = { new() { Value = storeId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) throw new RejectionException(StoreErrors.NotFound);
        return (SaleReads.StoreOf(reader), new Position(reader.GetInt64(9), reader.GetGuid(10)));
    }

    private static NpgsqlBatchCommand Hours(Guid storeId, string zone, DateTimeOffset from, DateTimeOffset to) => new(HoursSql)
    {
        Parameters = { new() { Value = storeId }, new() { Value = zone }, new() { Value = from }, new() { Value = to } },
    };

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15); // zones that change their clocks at midnight
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static async Task<List<LiveHour>> ReadHoursAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var hours = new List<LiveHour>();
        while (await reader.ReadAsync(cancellationToken)) hours.Add(new LiveHour(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2)));
        return hours;
    }

    private static async Task<List<LiveSale>> ReadNewestAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var newest = new List<LiveSale>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            var number = reader.GetFieldValue<long?>(2) is { } n
                ? $"{reader.GetString(1)}-{n}"
                : reader.TextOrNull(3) ?? Core.Sales.SaleRules.ShortNumber(id);
            newest.Add(new LiveSale(
                id, number, reader.GetInt64(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt32(7), reader.TextOrNull(6)));
        }
        return newest;
    }
}

/// <summary>A store's day so far.</summary>
/// <param name="BusinessDate">The shop's local day.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="RevenueMinor">Sales less refunds.</param>
/// <param name="SaleCount">How many sales.</param>
/// <param name="SameWeekdayRevenueMinor">The same a week ago, until the same time of day.</param>
/// <param name="Hours">By local hour; hours without business are absent.</param>
/// <param name="Newest">The latest sales, newest first.</param>
/// <param name="Position">Where to subscribe from.</param>
public sealed record LiveFigures(
    DateOnly BusinessDate, string Currency, long RevenueMinor, long SaleCount, long SameWeekdayRevenueMinor,
    IReadOnlyList<LiveHour> Hours, IReadOnlyList<LiveSale> Newest, Position Position);

/// <summary>An hour of the day.</summary>
public sealed record LiveHour(int Hour, long RevenueMinor, long SaleCount);

/// <summary>A sale in the ticker.</summary>
public sealed record LiveSale(Guid Id, string Number, long TotalMinor, DateTimeOffset SoldAt, int Items, string? ActorName);
