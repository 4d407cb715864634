using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Stock;

/// <summary>Products that will be gone before an order placed today can arrive, with the day and its band.</summary>
internal sealed class StockOutFinder : IInsightFinder
{
    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        if (input.Demand is not { } demand)
            yield break;
        foreach (var product in input.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (product is { Stock.OnHand: > 0, Supply: not null } && StockOutDate.Of(product, demand, input.Today, options.BandLevel) is { } date
                && date.MedianDay - input.Today.DayNumber < product.Supply.LeadDays
                && Describe(product, date, demand, input, options) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Describe(ProductFacts product, StockOutDate date, DemandDistribution demand, InsightInput input, InsightOptions options)
    {
        var lead = product.Supply!.LeadDays;
        if (lead > demand.Longest || lead > product.Forecast!.Horizon)
            return null;
        var expected = Replenishment.ExpectedDemand(product.Forecast!, lead);
        var outcomes = demand.Outcomes(product.Id, product.Sales.Group, expected, lead);
        var available = product.Stock!.AvailableBy(input.Today.AddDays(lead - 1));
        var (_, shortage) = Replenishment.Moments(outcomes, available);
        var chance = outcomes.Count(o => o > available) / (outcomes.Length + 1.0);
        var quantity = Math.Ceiling(shortage);
        if (quantity <= 0)
            return null;
        var worth = product.UnitWorthMinor(input.Today);
        var evidence = new Evidence(
            "stock-out",
            input.Today,
            input.Today.AddDays(lead - 1),
            Evidence.Numbers(
                ("onHand", product.Stock.OnHand),
                ("reserved", product.Stock.Reserved),
                ("leadDays", lead),
                ("bandLevel", options.BandLevel),
                ("unitWorthMinor", worth)),
            Evidence.Numbers(
                ("availableInLead", available),
                ("expectedDemandInLead", expected),
                ("earliestDay", date.EarliestDay),
                ("medianDay", date.MedianDay),
                ("latestDay", date.LatestDay),
                ("latestIsOpen", date.LatestIsOpen ? 1 : 0),
                ("chance", chance),
                ("expectedShortage", shortage),
                ("quantity", quantity)));
        return new Finding(InsightKind.StockOut, product.Id, evidence, new InsightAction(InsightActionKind.Expedite, product.Id) { Quantity = quantity })
        {
            SubjectName = product.Name,
            StakeMinor = shortage * worth,
            StakeDays = lead,
            Sigmas = Math.Max(0, Normal.InvCDF(0, 1, chance)),
            Urgent = true,
        };
    }
}
