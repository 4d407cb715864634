using ChainSync.Analytics.Forecasting;

namespace ChainSync.Analytics.Insights.Stock;

/// <summary>
/// Ordering with a fixed lead time at fixed chances to order (the (R, s, nQ) rule: Silver, Pyke and Thomas 2017, ch. 6), with the
/// quantile of the demand's own distribution in the place of mean plus z deviations.
/// </summary>
public static class Replenishment
{
    /// <summary>
    /// Advice for a product. An order placed today arrives after the lead time, the next one a review later, so today's position must last
    /// both: P(demand of lead + review days ≤ reorder point) ≥ service level.
    /// </summary>
    /// <param name="product">Product with forecast, stock and supply; without one of them the answer is null.</param>
    /// <param name="demand">How its forecasts erred.</param>
    /// <param name="serviceLevel">Where the product states none; in (0, 1).</param>
    /// <returns>Null when the forecast or the replays are shorter than lead plus review, or there is no evidence for the group.</returns>
    public static ReorderAdvice? Advise(ProductFacts product, DemandDistribution demand, double serviceLevel)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(demand);
        if (product is not { Forecast: { } forecast, Stock: { } stock, Supply: { } supply })
            return null;
        var days = supply.ProtectionDays;
        if (days > forecast.Horizon || days > demand.Longest)
            return null;
        var expected = ExpectedDemand(forecast, days);
        var outcomes = demand.Outcomes(product.Id, product.Sales.Group, expected, days);
        if (outcomes.Length == 0)
            return null;
        var level = supply.ServiceLevel ?? serviceLevel;
        var point = WholeUnits(DemandDistribution.Quantile(outcomes, level), product);
        var position = stock.Position;
        var (spread, shortage) = Moments(outcomes, position);
        return new ReorderAdvice(
            product.Id, position, expected, point, Quantity(point - position, supply), spread, shortage, level, days);
    }

    /// <summary>Units to order to fill a gap: whole packs, at least the minimum; 0 when there is no gap.</summary>
    /// <param name="gap">Reorder point less position.</param>
    /// <param name="supply">Pack and minimum.</param>
    public static double Quantity(double gap, SupplyTerms supply)
    {
        ArgumentNullException.ThrowIfNull(supply);
        return gap > 0 ? Math.Ceiling(Math.Max(gap, supply.MinimumOrder) / supply.PackSize) * supply.PackSize : 0;
    }

    /// <summary>Sum of the forecast's means over the first days.</summary>
    internal static double ExpectedDemand(Forecast forecast, int days)
    {
        var sum = 0.0;
        for (var h = 0; h < days; h++)
            sum += Math.Max(0, forecast.Mean[h]);
        return sum;
    }

    /// <summary>A product that sells in whole units has whole demand: between two whole numbers the nearer one is meant.</summary>
    private static double WholeUnits(double quantity, ProductFacts product)
    {
        foreach (var sold in product.Sales.Values)
            if (!double.IsNaN(sold) && sold != Math.Floor(sold))
                return quantity;
        return Math.Round(quantity);
    }

    /// <summary>Standard deviation of the outcomes, and the mean of what they exceed the position by.</summary>
    internal static (double Spread, double Shortage) Moments(double[] outcomes, double position)
    {
        var (sum, squares, missing) = (0.0, 0.0, 0.0);
        foreach (var outcome in outcomes)
        {
            sum += outcome;
            missing += Math.Max(0, outcome - position);
        }
        var mean = sum / outcomes.Length;
        foreach (var outcome in outcomes)
            squares += (outcome - mean) * (outcome - mean);
        return (Math.Sqrt(squares / outcomes.Length), missing / outcomes.Length);
    }
}
