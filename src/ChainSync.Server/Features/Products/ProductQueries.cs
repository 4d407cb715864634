using ChainSync.Core.Products;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using Npgsql;

namespace ChainSync.Server.Features.Products;

/// <summary>Reads products with their stock, each answer in one statement.</summary>
public sealed class ProductQueries(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        p.id, p.sku, p.name, p.price_minor, p.tax_class_id, p.barcodes, p.active, coalesce(k.on_hand_milli, 0), p.sync_version, p.last_synced_at,
        p.category_id, p.low_stock_at_milli, coalesce(k.reserved_milli, 0)
        """;

    private const string Table = "products p";
    private const string WithStock = "left join stock k on k.store_id = p.store_id and k.product_id = p.id";

    private const string OneSql = $"select {Columns} from {Table} {WithStock} where p.store_id = $1 and p.id = $2 and (p.active or $3)";

    private const string ByBarcodeSql = $"""
        select {Columns} from product_barcodes b
        join products p on p.store_id = b.store_id and p.id = b.product_id
        {WithStock}
        where b.store_id = $1 and b.barcode = $2 and (p.active or $3)
        """;

    private static readonly string Searched = TextSearch.Matches("to_tsvector('simple', p.name || ' ' || p.sku)");

    /// <summary>A page, by name.</summary>
    public async Task<Page<ProductInfo>> PageAsync(Guid storeId, ProductFilter filter, CatalogueView view, CancellationToken cancellationToken)
    {
        var (limit, after) = (PageSize.Of(filter.Limit), Cursor.ParseName(filter.After));
        var words = TextSearch.Words(filter.Q);
        var statement = new ListStatement(Columns, Table, WithStock)
            .And("p.store_id = ?", storeId)
            .And("p.active = ?", view == CatalogueView.Public || (filter.Active ?? true))
            .And("p.category_id = ?", filter.CategoryId)
            .And("p.sku = ?", QueryText.Exact("sku", filter.Sku))
            .And("p.id = (select b.product_id from product_barcodes b where b.store_id = $1 and b.barcode = ?)", QueryText.Exact("barcode", filter.Barcode))
            .After("p.name, p.id", after is { } a ? [a.Name, a.Id] : null);
        var command = words is null ? statement.OrderBy("p.name, p.id", limit) : statement.SearchByName(Searched, words, "p.name", "p.id", "3, 1", limit);
        return await PageReader.ReadAsync(
            dataSource, storeId, command, limit, row => Product(row, view), p => Cursor.OfName(p.Name, p.Id), cancellationToken);
    }

    /// <summary>One product, or null when the caller sees none of that id.</summary>
    public Task<ProductInfo?> FindAsync(Guid storeId, Guid productId, CatalogueView view, CancellationToken cancellationToken) =>
        OneAsync(OneSql, storeId, new() { Value = productId }, view, cancellationToken);

    /// <summary>The product that a scanner means, or null.</summary>
    public Task<ProductInfo?> FindByBarcodeAsync(Guid storeId, string barcode, CatalogueView view, CancellationToken cancellationToken) =>
        OneAsync(ByBarcodeSql, storeId, new() { Value = QueryText.Exact("code", barcode)! }, view, cancellationToken);

    private async Task<ProductInfo?> OneAsync(string sql, Guid storeId, NpgsqlParameter key, CatalogueView view, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(key);
        command.Parameters.Add(new() { Value = view == CatalogueView.Staff });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Product(reader, view) : null;
    }

    private static ProductInfo Product(NpgsqlDataReader row, CatalogueView view) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetGuid(4), row.GetFieldValue<string[]>(5), row.GetBoolean(6),
        row.GetInt64(7), row.GetInt64(8), row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<Guid?>(10),
        view == CatalogueView.Staff ? row.GetInt64(11) : null, view == CatalogueView.Staff ? row.GetInt64(12) : null);
}

/// <summary>Which products, and which page of them.</summary>
/// <param name="Q">Words that name or SKU must have, each perhaps only begun.</param>
/// <param name="CategoryId">Those directly in this category.</param>
/// <param name="Active">False for the archived ones; otherwise those on offer.</param>
/// <param name="Barcode">The one with exactly this barcode.</param>
/// <param name="Sku">The one with exactly this SKU.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
public sealed record ProductFilter(string? Q, Guid? CategoryId, bool? Active, string? Barcode, string? Sku, int? Limit, string? After);
