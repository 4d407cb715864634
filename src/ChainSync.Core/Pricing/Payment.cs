namespace ChainSync.Core.Pricing;

/// <summary>One payment of a sale or a refund.</summary>
/// <param name="Method">How it is paid.</param>
/// <param name="AmountMinor">What it settles, in minor units; 0 to twice <see cref="PricingBounds.MaxAmountMinor"/>.</param>
/// <param name="TenderedMinor">What was handed over, in minor units; null means exactly the amount.</param>
public sealed record Payment(PaymentMethod Method, long AmountMinor, long? TenderedMinor = null);
