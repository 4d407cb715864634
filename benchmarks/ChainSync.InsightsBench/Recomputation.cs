using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Series;

namespace ChainSync.InsightsBench;

/// <summary>
/// Computes the results of a claim again from the raw input, by the plainest code for the formula its evidence names, sharing no code with
/// the finders. One method per formula; <see cref="Differences"/> compares.
/// </summary>
internal static partial class Recomputation
{
    private const double Tolerance = 1e-6;

    /// <summary>Results of the evidence that do not come out again, as sentences; none when the claim is true.</summary>
    public static IReadOnlyList<string> Differences(Finding finding, Morning morning, InsightOptions options)
    {
        var again = Results(finding, morning, options);
        var wrong = new List<string>();
        foreach (var stated in finding.Evidence.Results)
            if (!again.TryGetValue(stated.Name, out var value))
                wrong.Add($"{finding.Evidence.Formula} of {finding.SubjectId}: '{stated.Name}' cannot be computed again");
            else if (!(Math.Abs(value - stated.Value) <= Tolerance * Math.Max(1, Math.Abs(value))))
                wrong.Add($"{finding.Evidence.Formula} of {finding.SubjectId}: '{stated.Name}' is {stated.Value}, again {value}");
        return wrong;
    }

    private static Dictionary<string, double> Results(Finding finding, Morning morning, InsightOptions options) => finding.Evidence.Formula switch
    {
        "reorder" => Reorder(Product(finding.SubjectId, morning), morning, options),
        "stock-out" => StockOut(Product(finding.SubjectId, morning), morning, options),
        "dead-stock" => DeadStock(Product(finding.SubjectId, morning), options),
        "slow-stock" => SlowStock(Product(finding.SubjectId, morning), options),
        "level-shift" or "level-shift-against-last-year" => LevelShift(finding, Watched(finding.SubjectId, morning)),
        "weekday-share" => WeekdayShare(finding, Watched(finding.SubjectId, morning)),
        "promotion-effect" => Promotion(finding, morning, options),
        "price-against-own-past" => OwnPast(Product(finding.SubjectId, morning)),
        "price-against-other-stores" => OtherStores(Product(finding.SubjectId, morning)),
        "sold-below-cost" => BelowCost(Product(finding.SubjectId, morning)),
        "price-change" => PriceChange(Product(finding.SubjectId, morning), morning.Input),
        "basket-pair" => Pair(finding, morning.Input, options),
        "under-staffed" or "over-staffed" => Staffing(finding, morning.Input, options),
        var unknown => throw new InvalidOperationException($"No recomputation for '{unknown}'."),
    };

    private static ProductFacts Product(string id, Morning morning) => morning.Input.Products.Single(p => p.Id == id);

    private static Analytics.Insights.Changes.WatchedSeries Watched(string id, Morning morning) => morning.Input.Watched.Single(w => w.Series.Id == id);

    /// <summary>Known days, oldest first.</summary>
    private static List<(int Index, double Value)> KnownDays(TimeSeries series) =>
        [.. Enumerable.Range(0, series.Count).Where(i => series.Known.IsOpen(i) && !double.IsNaN(series.Values[i])).Select(i => (i, series.Values[i]))];
}
