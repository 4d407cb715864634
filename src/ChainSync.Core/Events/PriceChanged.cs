namespace ChainSync.Core.Events;

/// <summary>A product has another shelf price.</summary>
/// <param name="Id">The product.</param>
/// <param name="PriceMinor">The price now, minor units.</param>
/// <param name="PreviousPriceMinor">The price before, minor units.</param>
public sealed record PriceChanged(Guid Id, long PriceMinor, long PreviousPriceMinor);
