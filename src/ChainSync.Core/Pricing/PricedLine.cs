namespace ChainSync.Core.Pricing;

/// <summary>The amounts of one line, in minor units.</summary>
/// <param name="GrossMinor">Unit price × quantity, before discounts.</param>
/// <param name="DiscountMinor">The line's own discount.</param>
/// <param name="TicketDiscountMinor">The line's part of the ticket discount.</param>
/// <param name="TaxMinor">The tax in the total.</param>
/// <param name="TotalMinor">What the line adds to the total, tax included.</param>
public sealed record PricedLine(long GrossMinor, long DiscountMinor, long TicketDiscountMinor, long TaxMinor, long TotalMinor);
