namespace ChainSync.Core.Sales;

/// <summary>The bounds of a sale that are not pricing's (<see cref="Pricing.PricingBounds"/>).</summary>
public static class SaleLimits
{
    /// <summary>How far ahead of the server a till's clock may be before the sale is flagged.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>Longest reason of a refund, in characters.</summary>
    public const int ReasonLength = 200;
}
