namespace ChainSync.Analytics.Forecasting.Reconciling;

/// <summary>
/// Makes forecasts of all levels add up: the least-squares combination weighted by error variances (MinT with diagonal covariance;
/// Wickramasuriya, Athanasopoulos and Hyndman 2019). On a tree it needs no matrix: evidence is pooled on the way up (a node's own
/// forecast against the sum of its parts) and the difference handed out on the way down, most to the least certain.
/// </summary>
public static class Reconciliation
{
    /// <summary>Reconciles one period.</summary>
    /// <param name="root">Hierarchy.</param>
    /// <param name="forecasts">Forecast per series id; a node that is absent is the plain sum of its parts.</param>
    /// <param name="variances">Variance of each forecast's error, &gt; 0, from its replays.</param>
    /// <returns>Forecast per series id; every parent is the sum of its children up to rounding.</returns>
    /// <exception cref="KeyNotFoundException">A bottom node has no forecast, or a forecast no variance.</exception>
    public static IReadOnlyDictionary<string, double> Reconcile(
        HierarchyNode root, IReadOnlyDictionary<string, double> forecasts, IReadOnlyDictionary<string, double> variances)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(variances);
        var pooled = new Dictionary<string, Belief>(StringComparer.Ordinal);
        var top = Pool(root, forecasts, variances, pooled);
        var result = new Dictionary<string, double>(StringComparer.Ordinal);
        HandDown(root, top.Value, pooled, result);
        return result;
    }

    private static Belief Pool(
        HierarchyNode node, IReadOnlyDictionary<string, double> forecasts, IReadOnlyDictionary<string, double> variances, Dictionary<string, Belief> pooled)
    {
        if (node.Children.Count == 0)
            return pooled[node.SeriesId] = new Belief(forecasts[node.SeriesId], variances[node.SeriesId]);
        var parts = new Belief(0, 0);
        foreach (var child in node.Children)
        {
            var belief = Pool(child, forecasts, variances, pooled);
            parts = new Belief(parts.Value + belief.Value, parts.Variance + belief.Variance);
        }
        return pooled[node.SeriesId] = forecasts.TryGetValue(node.SeriesId, out var own) ? parts.With(own, variances[node.SeriesId]) : parts;
    }

    private static void HandDown(HierarchyNode node, double value, Dictionary<string, Belief> pooled, Dictionary<string, double> result)
    {
        result[node.SeriesId] = value;
        var sum = node.Children.Sum(c => pooled[c.SeriesId].Value);
        var variance = node.Children.Sum(c => pooled[c.SeriesId].Variance);
        foreach (var child in node.Children)
        {
            var belief = pooled[child.SeriesId];
            var share = variance > 0 ? belief.Variance / variance : 1.0 / node.Children.Count;
            HandDown(child, belief.Value + (value - sum) * share, pooled, result);
        }
    }

    private readonly record struct Belief(double Value, double Variance)
    {
        /// <summary>Two independent measurements of one quantity.</summary>
        public Belief With(double value, double variance)
        {
            var precision = 1 / Variance + 1 / variance;
            return new Belief((Value / Variance + value / variance) / precision, 1 / precision);
        }
    }
}
