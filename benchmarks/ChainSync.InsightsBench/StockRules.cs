using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;

namespace ChainSync.InsightsBench;

/// <summary>The rules that are compared. Yardsticks get the mean and deviation of recent sales, as spreadsheets do, and never give a product up:
/// they keep at least one unit, or a product that ran out could not sell its way back.</summary>
internal static class StockRules
{
    /// <summary>Days between refits of model and demand distribution, as a nightly job would.</summary>
    private const int RefitDays = 91;

    /// <summary>Orders up to a multiple of the last four weeks' mean over the protection time: "three weeks of cover".</summary>
    public static StockRule DaysOfCover(int protection, double factor) => (_, _, seen) => Math.Max(1, factor * protection * Recent(seen, 28).Mean);

    /// <summary>The textbook: mean + z · deviation · √days, over the last eight weeks.</summary>
    public static StockRule Normal(int protection, double z) => (_, _, seen) =>
    {
        var (mean, deviation) = Recent(seen, 56);
        return Math.Max(1, protection * mean + z * deviation * Math.Sqrt(protection));
    };

    /// <summary>The library's advice, followed to the letter.</summary>
    public static StockRule Advice(IReadOnlyList<TimeSeries> items, SupplyTerms supply, Trained trained, double serviceLevel) => (item, day, seen) =>
    {
        var series = items[item];
        return ReorderPoint(new TimeSeries(series.Id, series.Grain, series.Start, seen.ToArray(), series.Known) { Group = series.Group }, supply, trained, serviceLevel);
    };

    /// <summary>The reorder point on the morning after a history.</summary>
    public static double ReorderPoint(TimeSeries sales, SupplyTerms supply, Trained trained, double serviceLevel)
    {
        var (fitted, demand) = trained.At(sales.Count);
        var product = new ProductFacts
        {
            Id = sales.Id,
            Name = sales.Id,
            Sales = sales,
            Forecast = new Forecast(sales.Id, fitted.Name, Grain.Daily, sales.TimeAt(sales.Count), fitted.Predict(sales, supply.ProtectionDays), []),
            Stock = new StockPosition(0, 0, []),
            Supply = supply,
        };
        return Replenishment.Advise(product, demand, serviceLevel)!.ReorderPoint;
    }

    private static (double Mean, double Deviation) Recent(ReadOnlySpan<double> seen, int days)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        foreach (var value in seen[Math.Max(0, seen.Length - days)..])
            if (!double.IsNaN(value))
                (sum, squares, count) = (sum + value, squares + value * value, count + 1);
        if (count == 0)
            return (0, 0);
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    /// <summary>Models and demand distributions learned at the start and every quarter, from data up to that morning only.</summary>
    public sealed class Trained(IReadOnlyList<TimeSeries> items, string model, int firstDay, int horizon)
    {
        private readonly Dictionary<int, (FittedModel, DemandDistribution)> _byQuarter = [];

        public (FittedModel Model, DemandDistribution Demand) At(int day)
        {
            var quarter = (day - firstDay) / RefitDays;
            if (!_byQuarter.TryGetValue(quarter, out var trained))
            {
                var known = items.Select(s => s.Head(firstDay + quarter * RefitDays)).Where(s => s.Values.ContainsAnyInRange(double.MinValue, double.MaxValue)).ToList();
                var (calibrated, replays) = CalibratedModel.Train(ForecastModels.Named(model), known, BacktestPlan.Rolling(horizon, 24, 14, 8));
                _byQuarter[quarter] = trained = (calibrated.Model, DemandDistribution.Learn(replays));
            }
            return trained;
        }
    }
}
