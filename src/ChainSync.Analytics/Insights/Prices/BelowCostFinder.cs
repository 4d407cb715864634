namespace ChainSync.Analytics.Insights.Prices;

/// <summary>Products whose price in force is below their cost, with what that lost in the last 28 days.</summary>
internal sealed class BelowCostFinder : IInsightFinder
{
    private const int MonthDays = 28;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        foreach (var product in input.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (product.CostMinor is { } cost && product.PriceOnMinor(input.Today) is { } price && price < cost
                && Describe(product, price, cost, input) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Describe(ProductFacts product, long price, double cost, InsightInput input)
    {
        var (lost, units) = (0.0, 0.0);
        for (var i = Math.Max(0, product.Sales.Count - MonthDays); i < product.Sales.Count; i++)
            if (product.Sales.IsObserved(i) && product.PriceOnMinor(DateOnly.FromDateTime(product.Sales.TimeAt(i))) is { } paid && paid < cost)
                (lost, units) = (lost + product.Sales.Values[i] * (cost - paid), units + product.Sales.Values[i]);
        if (lost <= 0)
            return null;
        var evidence = new Evidence(
            "sold-below-cost",
            input.Today.AddDays(-MonthDays),
            input.Today.AddDays(-1),
            Evidence.Numbers(("costMinor", cost)),
            Evidence.Numbers(("priceMinor", price), ("units", units), ("lostMinor", lost)));
        var action = new InsightAction(InsightActionKind.CheckPrice, product.Id) { PriceMinor = (long)Math.Ceiling(cost) };
        return new Finding(InsightKind.SoldBelowCost, product.Id, evidence, action)
        {
            SubjectName = product.Name,
            StakeMinor = lost,
            StakeDays = MonthDays,
            Sigmas = PriceRecord.Of(product) is { } record && price > 0 ? Math.Max(0, Math.Log(record.Median / price)) / record.UsualChange : 0,
        };
    }
}
