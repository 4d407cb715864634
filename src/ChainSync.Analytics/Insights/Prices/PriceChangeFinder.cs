using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Prices;

/// <summary>
/// Price changes of the last two months that lost margin: units after the change against units before, scaled by what all other products
/// did in the same days (difference in differences), with a Poisson error widened by how much the product's weeks vary. Units that moved
/// with the price, or ten times as far against it, moved for another reason (goods missing, season) and are not held against the price.
/// </summary>
internal sealed class PriceChangeFinder : IInsightFinder
{
    private const int FewestAfter = 21;
    private const int MostAfter = 56;
    private const int MostBefore = 84;
    private const int FewestUnits = 30;

    /// <summary>Units hardly fall by more than ten per cent for each per cent of price (Bijmolt, van Heerde and Pieters 2005: mean −2.6).</summary>
    private const double MostElasticity = 10;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        var changes = input.Products.Select(p => (Product: p, Windows: Windows.Of(p, input.Today))).Where(c => c.Windows is not null).ToList();
        if (changes.Count == 0)
            yield break;
        var store = new StoreUnits(input.Products, MostBefore + MostAfter);
        var z = -Normal.InvCDF(0, 1, options.FalseAlarmRate / changes.Count);
        foreach (var (product, windows) in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Effect.Of(product, windows!, store) is { } effect && effect.Gain + z * effect.Error < 0
                && effect.Elasticity(windows!) is < 0 and >= -MostElasticity)
                yield return Describe(product, windows!, effect, z);
        }
    }

    private static Finding Describe(ProductFacts product, Windows windows, Effect effect, double z)
    {
        var evidence = new Evidence(
            "price-change",
            windows.Changed.AddDays(-windows.Before),
            windows.Changed.AddDays(windows.After - 1),
            Evidence.Numbers(("costMinor", product.CostMinor!.Value), ("oldPriceMinor", windows.OldPrice), ("newPriceMinor", windows.NewPrice), ("z", z)),
            Evidence.Numbers(
                ("changedDay", windows.Changed.DayNumber),
                ("daysAfter", windows.After),
                ("unitsBefore", effect.UnitsBefore),
                ("unitsAfter", effect.UnitsAfter),
                ("unitsExpected", effect.Expected),
                ("dispersion", effect.Dispersion),
                ("gainMinor", effect.Gain),
                ("gainErrorMinor", effect.Error)));
        return new Finding(
            InsightKind.PriceChangeLoss, product.Id, evidence, new InsightAction(InsightActionKind.RestorePrice, product.Id) { PriceMinor = windows.OldPrice })
        {
            SubjectName = product.Name,
            State = windows.NewPrice > windows.OldPrice ? "raised" : "cut",
            StakeMinor = -effect.Gain,
            StakeDays = windows.After,
            Sigmas = -effect.Gain / effect.Error,
        };
    }

    /// <summary>The days before and after the newest price change; null when there is none to judge.</summary>
    private sealed record Windows(DateOnly Changed, int Before, int After, long OldPrice, long NewPrice)
    {
        public static Windows? Of(ProductFacts product, DateOnly today)
        {
            if (product.Prices.Count < 2 || product.CostMinor is null)
                return null;
            var (old, now) = (product.Prices[^2], product.Prices[^1]);
            var after = today.DayNumber - now.From.DayNumber;
            var before = Math.Min(MostBefore, now.From.DayNumber - old.From.DayNumber) / 7 * 7;
            return after is >= FewestAfter and <= MostAfter && before >= 28 && product.Sales.Count >= before + after
                ? new Windows(now.From, before, after, old.PriceMinor, now.PriceMinor)
                : null;
        }
    }

    /// <summary>Units of all products on the days where all that are known count, newest day at 1 day back.</summary>
    private sealed class StoreUnits
    {
        private readonly double[] _back;

        public StoreUnits(IReadOnlyList<ProductFacts> products, int days)
        {
            _back = new double[days + 1];
            // In order of id: sums of fractions depend on the order in the last digit.
            foreach (var product in products.OrderBy(p => p.Id, StringComparer.Ordinal))
                for (var back = 1; back <= Math.Min(days, product.Sales.Count); back++)
                    if (product.Sales.IsObserved(product.Sales.Count - back))
                        _back[back] += product.Sales.Values[^back];
        }

        public double Without(ProductFacts product, int back) =>
            _back[back] - (product.Sales.IsObserved(product.Sales.Count - back) ? product.Sales.Values[^back] : 0);
    }

    private sealed record Effect(double UnitsBefore, double UnitsAfter, double Expected, double Dispersion, double Gain, double Error)
    {
        public static Effect? Of(ProductFacts product, Windows windows, StoreUnits store)
        {
            var (before, otherBefore) = Sum(product, store, windows.After + 1, windows.After + windows.Before);
            var (after, otherAfter) = Sum(product, store, 1, windows.After);
            if (before < FewestUnits || otherBefore <= 0 || otherAfter <= 0)
                return null;
            var expected = before * otherAfter / otherBefore;
            var dispersion = WeeklyDispersion(product, windows, before);
            var (oldMargin, newMargin) = (windows.OldPrice - product.CostMinor!.Value, windows.NewPrice - product.CostMinor.Value);
            var variance = dispersion * (newMargin * newMargin * Math.Max(after, 1) + oldMargin * oldMargin * expected * expected / before);
            return variance <= 0
                ? null
                : new Effect(before, after, expected, dispersion, after * newMargin - expected * oldMargin, Math.Sqrt(variance));
        }

        /// <summary>Relative change of the units over relative change of the price.</summary>
        public double Elasticity(Windows windows) => Math.Log(UnitsAfter / Expected) / Math.Log((double)windows.NewPrice / windows.OldPrice);

        /// <summary>Units of the product, and of all others, on the days on which the product's sales are known.</summary>
        private static (double Own, double Others) Sum(ProductFacts product, StoreUnits store, int from, int to)
        {
            var (own, others) = (0.0, 0.0);
            for (var back = from; back <= to; back++)
                if (product.Sales.IsObserved(product.Sales.Count - back))
                    (own, others) = (own + product.Sales.Values[^back], others + store.Without(product, back));
            return (own, others);
        }

        /// <summary>Variance over mean of the weeks before the change; at least 1.</summary>
        private static double WeeklyDispersion(ProductFacts product, Windows windows, double units)
        {
            var (weeks, squares) = (windows.Before / 7, 0.0);
            for (var week = 0; week < weeks; week++)
            {
                var sum = 0.0;
                for (var day = 1; day <= 7; day++)
                {
                    var index = product.Sales.Count - windows.After - 7 * week - day;
                    sum += product.Sales.IsObserved(index) ? product.Sales.Values[index] : 0;
                }
                squares += (sum - units / weeks) * (sum - units / weeks);
            }
            return Math.Max(1, squares / (weeks - 1) / (units / weeks));
        }
    }
}
