namespace ChainSync.Core.Pricing;

/// <summary>One line of a basket: so much of one thing at one price.</summary>
/// <param name="UnitPriceMinor">Price of one unit in minor units, with or without tax as the basket says; 0 to <see cref="PricingBounds.MaxUnitPriceMinor"/>.</param>
/// <param name="QuantityMilli">Thousandths of a unit, 1 to <see cref="PricingBounds.MaxQuantityMilli"/>.</param>
/// <param name="TaxRatePpm">Parts per million, 0 to <see cref="PricingBounds.MaxRatePpm"/>.</param>
/// <param name="Discount">The line's own discount; null for none.</param>
/// <param name="ProductId">What is sold; prices do not depend on it.</param>
public sealed record BasketLine(long UnitPriceMinor, long QuantityMilli, int TaxRatePpm, Discount? Discount = null, Guid? ProductId = null);
