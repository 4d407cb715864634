namespace ChainSync.Analytics.Insights.Stock;

/// <summary>The day a product runs out if nothing more is ordered. Days are <see cref="DateOnly.DayNumber"/>.</summary>
/// <param name="EarliestDay">Early end of the band.</param>
/// <param name="MedianDay">As likely before as after.</param>
/// <param name="LatestDay">Late end of the band; the last day looked at when <paramref name="LatestIsOpen"/>.</param>
/// <param name="LatestIsOpen">True when the late end lies past what is forecast.</param>
public sealed record StockOutDate(int EarliestDay, int MedianDay, int LatestDay, bool LatestIsOpen)
{
    /// <summary>
    /// The first days on which the demand since today exceeds what is available by then (on hand, less reserved, plus arrivals) at the
    /// upper quantile, the median and the lower quantile of the summed demand.
    /// </summary>
    /// <param name="product">Product with forecast and stock; null without.</param>
    /// <param name="demand">How its forecasts erred.</param>
    /// <param name="today">First day of the forecast.</param>
    /// <param name="bandLevel">Share of outcomes in the band; (0, 1).</param>
    /// <returns>Null when it is more likely than not to last past the forecast.</returns>
    public static StockOutDate? Of(ProductFacts product, DemandDistribution demand, DateOnly today, double bandLevel)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(demand);
        if (product is not { Forecast: { } forecast, Stock: { } stock })
            return null;
        var (earliest, median, latest) = (-1, -1, -1);
        var (expected, last) = (0.0, Math.Min(forecast.Horizon, demand.Longest));
        for (var h = 0; h < last && latest < 0; h++)
        {
            expected += Math.Max(0, forecast.Mean[h]);
            var outcomes = demand.Outcomes(product.Id, product.Sales.Group, expected, h + 1);
            if (outcomes.Length == 0)
                return null;
            var available = stock.AvailableBy(today.AddDays(h));
            First(ref earliest, h, DemandDistribution.Quantile(outcomes, (1 + bandLevel) / 2) > available);
            First(ref median, h, DemandDistribution.Quantile(outcomes, 0.5) > available);
            First(ref latest, h, DemandDistribution.Quantile(outcomes, (1 - bandLevel) / 2) > available);
        }
        return median < 0
            ? null
            : new StockOutDate(today.DayNumber + earliest, today.DayNumber + median, today.DayNumber + (latest < 0 ? last - 1 : latest), latest < 0);
    }

    private static void First(ref int day, int h, bool gone)
    {
        if (day < 0 && gone)
            day = h;
    }
}
