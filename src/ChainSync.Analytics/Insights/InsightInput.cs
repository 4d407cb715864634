using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights;

/// <summary>
/// What is known about one store on the morning of <see cref="Today"/>: everything up to yesterday, and plans. Parts may be absent; then
/// the claims that need them are not made. All money is in minor units of one currency.
/// </summary>
public sealed record InsightInput
{
    /// <summary>The store.</summary>
    public required string StoreId { get; init; }

    /// <summary>The first day that is not in the data.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Revenue of the store per day, minor units; ends yesterday. Its mean of the last 28 known days is the yardstick of materiality.</summary>
    public required TimeSeries Revenue { get; init; }

    /// <summary>Products with sales, stock and prices, in any order.</summary>
    public IReadOnlyList<ProductFacts> Products { get; init; } = [];

    /// <summary>How forecasts of these products erred; without it nothing is said about reordering and stock-outs.</summary>
    public DemandDistribution? Demand { get; init; }

    /// <summary>Daily series to watch for change and promotions (store, departments, brisk products), in any order.</summary>
    public IReadOnlyList<WatchedSeries> Watched { get; init; } = [];

    /// <summary>Recent baskets.</summary>
    public BasketSet? Baskets { get; init; }

    /// <summary>Expected customers and planned people.</summary>
    public StaffingPlan? Staffing { get; init; }

    /// <summary>ISO 4217 code for the words.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Decimal places of the currency, 0 … 4, for the words.</summary>
    public int CurrencyDigits { get; init; } = 2;

    /// <summary>Mean revenue per day over the last 28 known days, minor units.</summary>
    public double RevenuePerDayMinor
    {
        get
        {
            var (sum, count) = (0.0, 0);
            for (var i = Revenue.Count - 1; i >= 0 && count < 28; i--)
                if (Revenue.IsObserved(i))
                    (sum, count) = (sum + Revenue.Values[i], count + 1);
            return count == 0 ? 0 : sum / count;
        }
    }
}
