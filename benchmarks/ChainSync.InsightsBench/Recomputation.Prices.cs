using ChainSync.Analytics.Insights;
using MathNet.Numerics.Distributions;

namespace ChainSync.InsightsBench;

internal static partial class Recomputation
{
    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double PerDay(ProductFacts product) => KnownDays(product.Sales).TakeLast(56).Select(d => d.Value).DefaultIfEmpty(0).Average();

    private static Dictionary<string, double> OwnPast(ProductFacts product)
    {
        var now = product.Prices[^1];
        var year = Enumerable.Range(1, 365).Select(back => product.PriceOnMinor(now.From.AddDays(-back))).Where(p => p is not null).Select(p => (double)p!.Value).ToList();
        var changes = product.Prices.SkipLast(1).Zip(product.Prices.SkipLast(1).Skip(1), (a, b) => Math.Abs(Math.Log((double)b.PriceMinor / a.PriceMinor)));
        return new()
        {
            ["priceMinor"] = now.PriceMinor,
            ["sinceDay"] = now.From.DayNumber,
            ["lowestMinor"] = year.Min(),
            ["highestMinor"] = year.Max(),
            ["nearestMinor"] = Math.Clamp(now.PriceMinor, year.Min(), year.Max()),
            ["unitsPerDay"] = PerDay(product),
            ["usualChange"] = Math.Max(0.02, 1.4826 * Median(changes)),
        };
    }

    private static Dictionary<string, double> OtherStores(ProductFacts product)
    {
        var others = product.PricesElsewhereMinor.Values.Where(p => p > 0).Select(p => (double)p).ToList();
        return new()
        {
            ["priceMinor"] = product.Prices[^1].PriceMinor,
            ["medianMinor"] = Median(others),
            ["stores"] = others.Count,
            ["unitsPerDay"] = PerDay(product),
            ["usualSpread"] = Math.Max(0.02, 1.4826 * Median(others.Select(o => Math.Abs(Math.Log(o / Median(others)))))),
        };
    }

    private static Dictionary<string, double> BelowCost(ProductFacts product)
    {
        var sold = KnownDays(product.Sales).Where(d => d.Index >= product.Sales.Count - 28)
            .Select(d => (d.Value, Price: product.PriceOnMinor(DateOnly.FromDateTime(product.Sales.TimeAt(d.Index))))).Where(d => d.Price < product.CostMinor).ToList();
        return new()
        {
            ["priceMinor"] = product.Prices[^1].PriceMinor,
            ["units"] = sold.Sum(d => d.Value),
            ["lostMinor"] = sold.Sum(d => d.Value * (product.CostMinor!.Value - d.Price!.Value)),
        };
    }

    private static Dictionary<string, double> PriceChange(ProductFacts product, InsightInput input)
    {
        var (old, now, sales) = (product.Prices[^2], product.Prices[^1], product.Sales);
        var changed = sales.Count - (input.Today.DayNumber - now.From.DayNumber);
        var first = changed - Math.Min(84, now.From.DayNumber - old.From.DayNumber) / 7 * 7;
        double Others(int day) => input.Products.Where(p => p.Id != product.Id).Sum(p =>
            p.Sales.Count - (sales.Count - day) is >= 0 and var i && p.Sales.IsObserved(i) ? p.Sales.Values[i] : 0);
        var before = Enumerable.Range(first, changed - first).Where(sales.IsObserved).ToList();
        var after = Enumerable.Range(changed, sales.Count - changed).Where(sales.IsObserved).ToList();
        var (unitsBefore, unitsAfter) = (before.Sum(i => sales.Values[i]), after.Sum(i => sales.Values[i]));
        var expected = unitsBefore * after.Sum(Others) / before.Sum(Others);
        var weeks = before.GroupBy(i => (changed - 1 - i) / 7).ToDictionary(g => g.Key, g => g.Sum(i => sales.Values[i]));
        var weekly = Enumerable.Range(0, (changed - first) / 7).Select(w => weeks.GetValueOrDefault(w)).ToList();
        var mean = unitsBefore / weekly.Count;
        var dispersion = Math.Max(1, weekly.Sum(w => (w - mean) * (w - mean)) / (weekly.Count - 1) / mean);
        var (oldMargin, newMargin) = (old.PriceMinor - product.CostMinor!.Value, now.PriceMinor - product.CostMinor.Value);
        return new()
        {
            ["changedDay"] = now.From.DayNumber,
            ["daysAfter"] = sales.Count - changed,
            ["unitsBefore"] = unitsBefore,
            ["unitsAfter"] = unitsAfter,
            ["unitsExpected"] = expected,
            ["dispersion"] = dispersion,
            ["gainMinor"] = unitsAfter * newMargin - expected * oldMargin,
            ["gainErrorMinor"] = Math.Sqrt(dispersion * (newMargin * newMargin * Math.Max(1, unitsAfter) + Math.Pow(oldMargin * expected, 2) / unitsBefore)),
        };
    }

    private static Dictionary<string, double> Pair(Finding finding, InsightInput input, InsightOptions options)
    {
        var set = input.Baskets!;
        var ids = finding.SubjectId.Split('+');
        var place = set.Products.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var baskets = set.Baskets.Where(b => b.Length >= 1 && b.Length <= options.LargestBasket).ToList();
        var first = baskets.Where(b => b.Contains(place[ids[0]])).ToList();
        double withSecond = baskets.Count(b => b.Contains(place[ids[1]]));
        double withBoth = first.Count(b => b.Contains(place[ids[1]]));
        var lines = baskets.Sum(b => (double)b.Length);
        var expected = first.Count * withSecond * baskets.Sum(b => (double)b.Length * (b.Length - 1)) / lines / lines;
        double products = Math.Min(options.MostPairedProducts, baskets.SelectMany(b => b).Distinct().Count());
        var tail = 0.0; // P(X ≥ both), summed from its first term
        for (var (k, term) = (withBoth, Math.Exp(Poisson.PMFLn(expected, (int)withBoth))); term > tail * 1e-16; term *= expected / ++k)
            tail += term;
        return new()
        {
            ["baskets"] = baskets.Count,
            ["withFirst"] = first.Count,
            ["withSecond"] = withSecond,
            ["withBoth"] = withBoth,
            ["support"] = withBoth / baskets.Count,
            ["confidence"] = withBoth / first.Count,
            ["lift"] = withBoth * baskets.Count / (first.Count * withSecond),
            ["expectedBoth"] = expected,
            ["probability"] = Math.Min(1, tail * products * (products - 1) / 2),
        };
    }

    private static Dictionary<string, double> Staffing(Finding finding, InsightInput input, InsightOptions options)
    {
        var plan = input.Staffing!;
        var (expected, from) = (plan.Expected, (int)(finding.Action.From!.Value - plan.Expected.Start).TotalHours);
        var hours = Enumerable.Range(from, (int)(finding.Action.To!.Value - finding.Action.From.Value).TotalHours).ToList();
        var upper = expected.Bands.OrderBy(b => Math.Abs(b.Level - options.BandLevel)).First().Upper;
        double Need(int h) => upper[h] <= 0 ? 0 : Math.Max(plan.Least, Math.Ceiling(upper[h] / plan.PerPersonHour));
        var unserved = hours.Sum(h => Math.Max(0, expected.Mean[h] - plan.People[h] * plan.PerPersonHour));
        var (planned, needed) = (hours.Sum(h => plan.People[h]), hours.Sum(Need));
        return new()
        {
            ["expectedTransactions"] = hours.Sum(h => expected.Mean[h]),
            ["plannedHours"] = planned,
            ["neededHours"] = needed,
            ["people"] = hours.Max(h => Math.Abs(Need(h) - plan.People[h])),
            ["unserved"] = unserved,
            ["stakeMinor"] = finding.Kind == InsightKind.UnderStaffed ? unserved * plan.WorthMinor : (planned - needed) * plan.WageMinor,
        };
    }
}
