using System.Text.Json.Serialization;

namespace ChainSync.Core.Events;

/// <summary>A product as it began. Its stock is another event's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SyncVersion">Its version.</param>
/// <param name="Sku">The shop's own code.</param>
/// <param name="Name">What it is called.</param>
/// <param name="PriceMinor">Shelf price of one unit in minor units.</param>
/// <param name="TaxClassId">Its taxation.</param>
/// <param name="Barcodes">Every code a scanner may read for it.</param>
/// <param name="Active">Whether it is on offer; always so towards those who do not work in the store.</param>
/// <param name="CategoryId">Where it is found, or null.</param>
/// <param name="LowStockAtMilli">At or below this many thousandths it counts as low; null towards those who do not work in the store.</param>
public sealed record ProductCreated(
    Guid Id,
    long SyncVersion,
    string Sku,
    string Name,
    long PriceMinor,
    Guid TaxClassId,
    IReadOnlyList<string> Barcodes,
    [property: JsonPropertyOrder(1)] bool Active, // these come last in the frozen sample
    [property: JsonPropertyOrder(1)] Guid? CategoryId = null,
    long? LowStockAtMilli = null);
