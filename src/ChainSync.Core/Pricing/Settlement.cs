namespace ChainSync.Core.Pricing;

/// <summary>How a total is settled.</summary>
/// <param name="TotalMinor">What is to be paid, in minor units.</param>
/// <param name="CashRoundingMinor">What cash rounding adds to it (or takes off), in minor units.</param>
/// <param name="ChangeMinor">What is handed back, in minor units.</param>
/// <param name="Payments">The payments, up to <see cref="PricingBounds.MaxPayments"/>; none only where nothing is to be paid.</param>
public sealed record Settlement(long TotalMinor, long CashRoundingMinor, long ChangeMinor, IReadOnlyList<Payment> Payments);
