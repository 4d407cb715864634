namespace ChainSync.Analytics.Insights.Stock;

/// <summary>Goods on their way.</summary>
/// <param name="Arrives">Day they can be sold from.</param>
/// <param name="Quantity">Units; &gt; 0.</param>
public readonly record struct InboundOrder(DateOnly Arrives, double Quantity);
