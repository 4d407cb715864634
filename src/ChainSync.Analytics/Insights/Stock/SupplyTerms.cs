namespace ChainSync.Analytics.Insights.Stock;

/// <summary>How a product is bought.</summary>
/// <param name="LeadDays">Days from ordering in the morning to having the goods in the morning; ≥ 0.</param>
/// <param name="ReviewDays">Days from one chance to order to the next; ≥ 1.</param>
/// <param name="PackSize">Units in the smallest orderable pack; &gt; 0.</param>
/// <param name="MinimumOrder">Least units in an order; ≥ 0.</param>
/// <param name="ServiceLevel">Share of order cycles to pass without running out, in (0, 1); null takes <see cref="InsightOptions.ServiceLevel"/>.</param>
public sealed record SupplyTerms(int LeadDays, int ReviewDays, double PackSize = 1, double MinimumOrder = 0, double? ServiceLevel = null)
{
    /// <summary>Days one order must last: until the goods of the next chance to order are here.</summary>
    public int ProtectionDays => LeadDays + ReviewDays;
}
