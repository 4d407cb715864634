namespace ChainSync.InsightsBench;

/// <summary>How much stock, here and on its way, a rule wants on a morning on which one may order; null to leave it.</summary>
/// <param name="item">Place of the item in the panel.</param>
/// <param name="day">Morning.</param>
/// <param name="seen">What the shop saw sell so far, NaN on days that ran out.</param>
internal delegate double StockRule(int item, int day, ReadOnlySpan<double> seen);
