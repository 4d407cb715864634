using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Promotions;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.InsightsBench;

/// <summary>
/// Real turnover and promotion calendar of drug stores, each an input of its own. The margin is not in the data: 30 % normally, and
/// a promotion that gives 10 % off a third of the basket, so 27.6 % while it runs.
/// </summary>
internal static class DrugStoreMornings
{
    private const double CostShare = 0.7;
    private const double Discount = 0.10 / 3;

    /// <summary>Sales before the first morning.</summary>
    private const int LeastDays = 56;

    /// <summary>Mornings four weeks apart, the last one at the end of the data, store after store.</summary>
    public static IEnumerable<Morning> Walk(string root, int months)
    {
        foreach (var store in DrugStoreData.Stores(root).Panel)
            for (var back = 28 * (months - 1); back >= 0; back -= 28)
                if (store.Count - back >= LeastDays)
                    yield return new Morning(Describe(InCents(store, store.Count - back)), []);
    }

    private static InsightInput Describe(TimeSeries cents) => new()
    {
        StoreId = cents.Id,
        Today = DateOnly.FromDateTime(cents.TimeAt(cents.Count)),
        Revenue = cents,
        Currency = "EUR",
        Watched = [new WatchedSeries(cents, cents.Id, 1) { IsMoney = true, Promotions = [new PromotionTerms("promotion", 1 - CostShare, 1 - CostShare / (1 - Discount))] }],
    };

    private static TimeSeries InCents(TimeSeries store, int day)
    {
        var cents = new double[day];
        for (var i = 0; i < day; i++)
            cents[i] = 100 * store.Values[i];
        return new TimeSeries(store.Id, Grain.Daily, store.Start, cents, store.Known);
    }
}
