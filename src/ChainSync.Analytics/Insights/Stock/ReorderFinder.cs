namespace ChainSync.Analytics.Insights.Stock;

/// <summary>Products whose position is below the reorder point. Small gaps are left to the order proposal (<see cref="Replenishment"/>).</summary>
internal sealed class ReorderFinder : IInsightFinder
{
    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        if (input.Demand is not { } demand)
            yield break;
        foreach (var product in input.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Replenishment.Advise(product, demand, options.ServiceLevel) is { Quantity: > 0 } advice)
                yield return Describe(product, advice, input);
        }
    }

    private static Finding Describe(ProductFacts product, ReorderAdvice advice, InsightInput input)
    {
        var (supply, stock) = (product.Supply!, product.Stock!);
        var worth = product.UnitWorthMinor(input.Today);
        var evidence = new Evidence(
            "reorder",
            input.Today,
            input.Today.AddDays(advice.ProtectionDays - 1),
            Evidence.Numbers(
                ("onHand", stock.OnHand),
                ("reserved", stock.Reserved),
                ("onOrder", stock.Inbound.Sum(o => o.Quantity)),
                ("leadDays", supply.LeadDays),
                ("reviewDays", supply.ReviewDays),
                ("packSize", supply.PackSize),
                ("minimumOrder", supply.MinimumOrder),
                ("serviceLevel", advice.ServiceLevel),
                ("unitWorthMinor", worth)),
            Evidence.Numbers(
                ("position", advice.Position),
                ("expectedDemand", advice.ExpectedDemand),
                ("reorderPoint", advice.ReorderPoint),
                ("quantity", advice.Quantity),
                ("expectedShortage", advice.ExpectedShortage)));
        return new Finding(InsightKind.Reorder, product.Id, evidence, new InsightAction(InsightActionKind.Order, product.Id) { Quantity = advice.Quantity })
        {
            SubjectName = product.Name,
            StakeMinor = advice.ExpectedShortage * worth,
            StakeDays = advice.ProtectionDays,
            Sigmas = (advice.ReorderPoint - advice.Position) / Math.Max(advice.Spread, 1e-9),
        };
    }
}
