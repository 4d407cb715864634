using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Insights.Prices;

/// <summary>Prices out of line: a new price far outside the past year's, or a price far from the median of at least three other stores.</summary>
internal sealed class PriceLevelFinder : IInsightFinder
{
    /// <summary>A price that has stood for longer has been seen by everyone.</summary>
    private const int NewDays = 28;
    private const int FewestStores = 3;
    private const int MonthDays = 28;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        foreach (var product in input.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (AgainstOwnPast(product, input, options) is { } past)
                yield return past;
            if (AgainstOtherStores(product, input, options) is { } others)
                yield return others;
        }
    }

    private static Finding? AgainstOwnPast(ProductFacts product, InsightInput input, InsightOptions options)
    {
        if (PriceRecord.Of(product) is not { } record || record.Since > input.Today || input.Today.DayNumber - record.Since.DayNumber > NewDays)
            return null;
        var nearest = Math.Clamp(record.Now, record.Lowest, record.Highest);
        var distance = Math.Abs(Math.Log((double)record.Now / nearest));
        if (distance < Math.Log(1 + options.PriceJump))
            return null;
        var perDay = PriceRecord.UnitsPerDay(product.Sales);
        var evidence = new Evidence(
            "price-against-own-past",
            record.Since.AddDays(-365),
            input.Today,
            Evidence.Numbers(("limit", options.PriceJump)),
            Evidence.Numbers(
                ("priceMinor", record.Now),
                ("sinceDay", record.Since.DayNumber),
                ("lowestMinor", record.Lowest),
                ("highestMinor", record.Highest),
                ("nearestMinor", nearest),
                ("unitsPerDay", perDay),
                ("usualChange", record.UsualChange)));
        return Describe(InsightKind.PriceOutOfLine, product, evidence, nearest, record.Now, perDay, distance / record.UsualChange);
    }

    private static Finding? AgainstOtherStores(ProductFacts product, InsightInput input, InsightOptions options)
    {
        double[] others = [.. product.PricesElsewhereMinor.Values.Where(p => p > 0).Select(p => (double)p).Order()];
        if (others.Length < FewestStores || product.PriceOnMinor(input.Today) is not > 0)
            return null;
        var price = product.PriceOnMinor(input.Today)!.Value;
        var median = Statistics.Quantile(others, 0.5);
        var distance = Math.Abs(Math.Log(price / median));
        if (distance < Math.Log(1 + options.PriceGap))
            return null;
        var spread = Math.Max(PriceRecord.LeastChange, 1.4826 * Statistics.Median(Array.ConvertAll(others, o => Math.Abs(Math.Log(o / median)))));
        var perDay = PriceRecord.UnitsPerDay(product.Sales);
        var evidence = new Evidence(
            "price-against-other-stores",
            input.Today,
            input.Today,
            Evidence.Numbers(("limit", options.PriceGap)),
            Evidence.Numbers(("priceMinor", price), ("medianMinor", median), ("stores", others.Length), ("unitsPerDay", perDay), ("usualSpread", spread)));
        return Describe(InsightKind.PriceBetweenStores, product, evidence, (long)Math.Round(median), price, perDay, distance / spread);
    }

    private static Finding Describe(
        InsightKind kind, ProductFacts product, Evidence evidence, long inLine, long price, double perDay, double sigmas) =>
        new(kind, product.Id, evidence, new InsightAction(InsightActionKind.CheckPrice, product.Id) { PriceMinor = inLine })
        {
            SubjectName = product.Name,
            State = price > inLine ? "high" : "low",
            StakeMinor = Math.Abs(price - inLine) * perDay * MonthDays,
            StakeDays = MonthDays,
            Sigmas = sigmas,
        };
}
