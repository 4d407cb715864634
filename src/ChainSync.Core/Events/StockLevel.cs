namespace ChainSync.Core.Events;

/// <summary>A product's stock after a movement, and the movement.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="OnHandMilli">Thousandths in the store, those reserved included; below zero after an oversale.</param>
/// <param name="ReservedMilli">Thousandths promised to orders.</param>
/// <param name="DeltaMilli">What moved: above zero came, below zero went.</param>
/// <param name="Reason">Why: <c>sale</c>, <c>refund</c>, <c>received</c>, <c>counted</c>, <c>waste</c>, <c>correction</c> …</param>
/// <param name="LowStockAtMilli">The product's threshold at that moment; null in the oldest movements.</param>
public sealed record StockLevel(
    Guid ProductId, long OnHandMilli, long ReservedMilli, long DeltaMilli, string Reason, long? LowStockAtMilli = null);
