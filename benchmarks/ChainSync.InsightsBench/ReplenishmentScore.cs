using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;
using MathNet.Numerics.Distributions;

namespace ChainSync.InsightsBench;

/// <summary>Service and stock of the advice beside two usual rules, on the last year of the supermarket's products.</summary>
internal static class ReplenishmentScore
{
    public const int ReviewDays = 7;
    private const int YearDays = 364;
    private static readonly double[] Targets = [0.80, 0.90, 0.95, 0.98];

    /// <summary>Compares on the products that were on sale for four weeks before the year begins.</summary>
    public static IReadOnlyList<ServiceComparison> Measure(IReadOnlyList<TimeSeries> items, string model, IEnumerable<int> leads)
    {
        var known = items.Where(s => s.Count >= YearDays + 28 && !double.IsNaN(s.Values[^(YearDays + 28)])).ToList();
        return known.Count == 0 ? [] : [.. leads.Select(lead => Compare(known, model, lead))];
    }

    private static ServiceComparison Compare(List<TimeSeries> items, string model, int lead)
    {
        var first = items[0].Count - YearDays;
        var supply = new SupplyTerms(lead, ReviewDays);
        var simulation = new ReplenishmentSimulation(items, first, lead, ReviewDays);
        var trained = new StockRules.Trained(items, model, first, supply.ProtectionDays);
        var advice = Targets.Select(t => (t, simulation.Follow($"advice for {t:P0}", StockRules.Advice(items, supply, trained, t)))).ToList();
        var cover = Enumerable.Range(2, 31).Select(k => 0.25 * k)
            .Select(f => simulation.Follow($"{f:0.00} × mean", StockRules.DaysOfCover(supply.ProtectionDays, f))).ToList();
        var normal = Enumerable.Range(0, 33).Select(k => 0.25 * k)
            .Select(z => simulation.Follow($"mean + {z:0.00} σ", StockRules.Normal(supply.ProtectionDays, z))).ToList();
        return new ServiceComparison(lead, items.Count, [.. advice.Select(a => new ServiceRow(a.t, Coverage(items, first, supply, trained, a.t), a.Item2, StockAt(cover, a.Item2, r => r.Cycles), StockAt(normal, a.Item2, r => r.Cycles),
            simulation.Follow("textbook", StockRules.Normal(supply.ProtectionDays, Normal.InvCDF(0, 1, a.t))).Cycles,
            StockAt(cover, a.Item2, r => r.Fill), StockAt(normal, a.Item2, r => r.Fill)))]);
    }

    /// <summary>Share of mornings on which the demand of the protection time, stock-outs aside, stayed within the reorder point.</summary>
    private static double Coverage(List<TimeSeries> items, int first, SupplyTerms supply, StockRules.Trained trained, double target)
    {
        var (within, mornings) = (0, 0);
        for (var day = first; day + supply.ProtectionDays <= items[0].Count; day += ReviewDays)
            foreach (var series in items)
            {
                var demand = 0.0;
                foreach (var value in series.Values.Slice(day, supply.ProtectionDays))
                    demand += double.IsNaN(value) ? 0 : value;
                within += demand <= StockRules.ReorderPoint(series.Head(day), supply, trained, target) ? 1 : 0;
                mornings++;
            }
        return (double)within / mornings;
    }

    /// <summary>Stock a rule needs for the same service, between the two settings around it; NaN when no setting reaches it.</summary>
    private static double StockAt(List<ServiceResult> curve, ServiceResult like, Func<ServiceResult, double> service)
    {
        for (var i = 1; i < curve.Count; i++)
            if (service(curve[i - 1]) <= service(like) && service(like) <= service(curve[i]))
            {
                var share = (service(like) - service(curve[i - 1])) / Math.Max(service(curve[i]) - service(curve[i - 1]), 1e-12);
                return curve[i - 1].Stock + share * (curve[i].Stock - curve[i - 1].Stock);
            }
        return double.NaN;
    }
}

/// <summary>All targets at one lead time.</summary>
internal sealed record ServiceComparison(int LeadDays, int Products, IReadOnlyList<ServiceRow> Rows);

/// <summary>One target: what the advice reached, the stock other rules need for the same share of cycles and of demand, and what
/// the normal rule reaches with the z of the target.</summary>
internal sealed record ServiceRow(
    double Target, double Coverage, ServiceResult Advice, double CoverSameCycles, double NormalSameCycles, double TextbookCycles, double CoverSameFill, double NormalSameFill);
