namespace ChainSync.Server.Data;

/// <summary>A product's stock in a store, thousandths of a unit. Written only by <c>move_stock</c>.</summary>
public sealed class StockRow
{
    public required Guid StoreId { get; init; }
    public required Guid ProductId { get; init; }
    public long OnHandMilli { get; init; }
    public long ReservedMilli { get; init; }
    public long Version { get; init; }
}
