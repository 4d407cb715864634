using ChainSync.Core.Pricing;

namespace ChainSync.Core.Events;

/// <summary>A payment was refused by whoever should have made it.</summary>
/// <param name="OrderId">What was to be paid.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Method">How it was to be paid.</param>
/// <param name="AmountMinor">How much, minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Reason">Why not, as the provider's stable code: <c>declined</c>, <c>expired</c>.</param>
public sealed record PaymentFailed(Guid OrderId, string Number, PaymentMethod Method, long AmountMinor, string Currency, string Reason);
