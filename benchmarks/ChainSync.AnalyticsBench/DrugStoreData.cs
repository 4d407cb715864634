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
        var panel = new PanelBuilder(Grain.Daily);
        var stores = GzipCsv.Rows(Path.Combine(root, "rossmann-stores", "sales_daily.csv.gz"))
            .GroupBy(r => r[0], StringComparer.Ordinal).OrderBy(g => g.Key.Length).ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var store in stores)
            Add(panel, store);
        return new DataSet("rossmann-stores", panel.Series, Plan, 8, [6, 12, 25]) { Peers = (5, 1), Empty = panel.Empty };
    }

    private static void Add(PanelBuilder panel, IGrouping<string, CsvRow> rows)
    {
        var days = rows.OrderBy(r => r.Day(2)).ToList();
        var start = days[0].Day(2);
        var count = (days[^1].Day(2) - start).Days + 1;
        var (values, closed) = (new double[count], new bool[count + Plan.Horizon]);
        var (promotion, school) = (new double[closed.Length], new double[closed.Length]);
        Array.Fill(values, double.NaN);
        foreach (var row in days)
        {
            var i = (row.Day(2) - start).Days;
            values[i] = row.Value(3);
            closed[i] = row[5] == "0";
            (promotion[i], school[i]) = (row.Number(6), row.Number(8));
        }
        var known = new Covariates(
            closed.Length,
            [new Covariate("promotion", CovariateKind.Promotion, promotion), new Covariate("school holiday", CovariateKind.Promotion, school)],
            closed);
        panel.Add("store " + rows.Key, "store", start, values, known);
    }
}
