using ChainSync.Core.Pricing;

namespace ChainSync.Core.Events;

/// <summary>Money came in for a sale.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TotalMinor">What the goods cost, minor units.</param>
/// <param name="Payments">How it was paid.</param>
public sealed record PaymentReceived(Guid SaleId, string Number, string Currency, long TotalMinor, IReadOnlyList<Payment> Payments);
