using ChainSync.Core.Sales;
using ChainSync.Core.Stores;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Sales;

/// <summary>Reads what a sale is judged against, in two statements.</summary>
internal static class SaleReads
{
    private const string StoreSql = """
        select s.id, s.code, s.name, s.currency, s.currency_digits, s.locale, s.time_zone, s.prices_include_tax, s.cash_rounding_minor,
               (select r.series from registers r where r.store_id = s.id and r.id = $2),
               $3::uuid is null or exists (select from customers c where c.store_id = s.id and c.id = $3)
        from stores s where s.id = $1
        """;

    private const string ProductSql = """
        select p.id, p.sku, p.name, p.price_minor, t.rate_ppm, coalesce(k.on_hand_milli - k.reserved_milli, 0)
        from products p
        join tax_classes t on t.store_id = p.store_id and t.id = p.tax_class_id
        left join stock k on k.store_id = p.store_id and k.product_id = p.id
        where p.store_id = $1 and p.id = any($2)
        """;

    public static void Add(NpgsqlBatch batch, Guid storeId, RecordSale sale)
    {
        batch.BatchCommands.Add(new(StoreSql)
        {
            Parameters =
            {
                new() { Value = storeId },
                Optional(sale.RegisterId, NpgsqlDbType.Uuid),
                Optional(sale.CustomerId, NpgsqlDbType.Uuid),
            },
        });
        batch.BatchCommands.Add(new(ProductSql)
        {
            Parameters = { new() { Value = storeId }, new() { Value = sale.Lines.Select(l => l.ProductId).Distinct().ToArray() } },
        });
    }

    public static async Task<SaleContext?> TakeAsync(NpgsqlDataReader reader, RecordSale sale, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var store = StoreOf(reader);
        var series = await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetString(9);
        var customerIsKnown = reader.GetBoolean(10);
        await reader.NextResultAsync(cancellationToken);
        var products = new Dictionary<Guid, CatalogueEntry>(sale.Lines.Count);
        while (await reader.ReadAsync(cancellationToken))
            products[reader.GetGuid(0)] = new(reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetInt64(5));
        return new SaleContext(store, products, series, customerIsKnown);
    }

    // The first nine columns of a statement that selects a store.
    internal static Store StoreOf(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Code = reader.GetString(1),
        Name = reader.GetString(2),
        Currency = reader.GetString(3),
        CurrencyDigits = reader.GetInt16(4),
        Locale = reader.GetString(5),
        TimeZone = reader.GetString(6),
        PricesIncludeTax = reader.GetBoolean(7),
        CashRoundingMinor = reader.GetInt64(8),
    };
}
