using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Daily turnover of drug stores with planned promotions; most are closed on Sundays.</summary>
internal static class DrugStoreData
{
    /// <summary>25 trading days fit in 33 calendar days even with a public holiday or two.</summary>
    private static readonly BacktestPlan Plan = BacktestPlan.Rolling(horizon: 33, origins: 14, step: 33) with { RefitEvery = 1 };

    public static DataSet Stores(string root)
    {
        var stores = GzipCsv.Rows(Path.Combine(root, "rossmann-stores", "sales_daily.csv.gz")).Skip(1)
            .GroupBy(r => r[0]).OrderBy(g => int.Parse(g.Key, System.Globalization.CultureInfo.InvariantCulture));
        return new DataSet("rossmann-stores", [.. stores.Select(Store)], Plan, 8, [6, 12, 25]) { Peers = (5, 1) };
    }

    private static TimeSeries Store(IGrouping<string, string[]> rows)
    {
        var days = rows.OrderBy(r => r[2], StringComparer.Ordinal).ToList();
        var start = SupermarketData.Day(days[0][2]);
        var count = (SupermarketData.Day(days[^1][2]) - start).Days + 1;
        var (values, closed) = (new double[count], new bool[count + Plan.Horizon]);
        var (promotion, school) = (new double[closed.Length], new double[closed.Length]);
        Array.Fill(values, double.NaN);
        foreach (var row in days)
        {
            var i = (SupermarketData.Day(row[2]) - start).Days;
            values[i] = SupermarketData.Number(row[3]);
            closed[i] = row[5] == "0";
            (promotion[i], school[i]) = (SupermarketData.Number(row[6]), SupermarketData.Number(row[8]));
        }
        var known = new Covariates(
            closed.Length,
            [new Covariate("promotion", CovariateKind.Promotion, promotion), new Covariate("school holiday", CovariateKind.Promotion, school)],
            closed);
        return new TimeSeries("store " + rows.Key, Grain.Daily, start, values, known) { Group = "store" };
    }
}
