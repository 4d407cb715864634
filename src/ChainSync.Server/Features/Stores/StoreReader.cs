using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChainSync.Server.Features.Stores;

/// <summary>Reads stores and their registers. What the caller may not see is not there.</summary>
public sealed class StoreReader(DbContextOptions<ChainSyncDb> options, NpgsqlDataSource dataSource)
{
    /// <summary>The caller's stores, by code.</summary>
    public Task<List<StoreInfo>> ListAsync(Caller caller, CancellationToken cancellationToken) => ReadAsync(caller, null, cancellationToken);

    /// <summary>One of the caller's stores, or null.</summary>
    public async Task<StoreInfo?> FindAsync(Caller caller, Guid storeId, CancellationToken cancellationToken) =>
        (await ReadAsync(caller, storeId, cancellationToken)).SingleOrDefault();

    /// <summary>The registers in use, by number.</summary>
    public async Task<List<RegisterInfo>> ListRegistersAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select r.id, r.number, r.name, r.series,
                   coalesce((select max(s.receipt_number) from sales s where s.store_id = r.store_id and s.receipt_series = r.series), 0)
            from registers r where r.store_id = $1 and r.active order by r.number
            """);
        command.Parameters.Add(new() { Value = storeId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var registers = new List<RegisterInfo>();
        while (await reader.ReadAsync(cancellationToken))
            registers.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
        return registers;
    }

    private async Task<List<StoreInfo>> ReadAsync(Caller caller, Guid? only, CancellationToken cancellationToken)
    {
        await using var db = new ChainSyncDb(options);
        var query = db.Stores.AsNoTracking();
        if (caller.Role != Role.Admin) query = query.Where(s => caller.Stores.Contains(s.Id));
        if (only is { } id) query = query.Where(s => s.Id == id);
        var stores = await query.OrderBy(s => s.Code).ToListAsync(cancellationToken);
        var ids = stores.ConvertAll(s => s.Id);
        var taxClasses = (await db.TaxClasses.AsNoTracking().Where(t => ids.Contains(t.StoreId)).OrderBy(t => t.Code).ToListAsync(cancellationToken))
            .ToLookup(t => t.StoreId, t => new TaxClassInfo(t.Id, t.Code, t.Name, t.RatePpm));
        return stores.ConvertAll(s => new StoreInfo(
            s.Id, s.Code, s.Name, s.Currency, s.CurrencyDigits, s.Locale, s.TimeZone, s.PricesIncludeTax, s.CashRoundingMinor,
            [.. taxClasses[s.Id]], s.SyncVersion, s.LastSyncedAt));
    }
}
