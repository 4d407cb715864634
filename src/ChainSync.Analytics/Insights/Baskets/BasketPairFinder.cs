using MathNet.Numerics;

namespace ChainSync.Analytics.Insights.Baskets;

/// <summary>
/// Products bought together more often than chance explains. Chance is not "each basket draws alike": big baskets hold more of everything
/// and would make every pair look linked. Products fall into baskets in proportion to their sizes, so that a and b are expected together
/// in n_a · n_b · Σ s(s − 1) / (Σ s)² baskets; the Poisson tail of what was seen, times the number of pairs there are, is the chance.
/// </summary>
internal sealed class BasketPairFinder : IInsightFinder
{
    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        if (input.Baskets is not { } set)
            yield break;
        var counts = PairCounts.Of(set, options.MostPairedProducts, options.LargestBasket, cancellationToken);
        var pairs = counts.Products.Length * (counts.Products.Length - 1.0) / 2;
        for (var a = 0; a < counts.Products.Length; a++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var b = a + 1; b < counts.Products.Length; b++)
                if (counts.Both(a, b) >= options.FewestPairs && Judge(counts, a, b, pairs, options) is { } pair)
                    yield return Describe(set, counts, pair, pairs);
        }
    }

    private static Pair? Judge(PairCounts counts, int a, int b, double pairs, InsightOptions options)
    {
        var (both, first, second) = (counts.Both(a, b), counts.Singles[a], counts.Singles[b]);
        var expected = (double)first * second * counts.SizeProducts / (counts.Lines * counts.Lines);
        var lift = (double)both * counts.Baskets / ((double)first * second);
        if (lift < options.LeastLift || both <= expected)
            return null;
        var probability = Math.Min(1, pairs * SpecialFunctions.GammaLowerRegularized(both, expected));
        if (probability > options.FalseAlarmRate)
            return null;
        // The rarer product leads: of its buyers the larger share takes the other one too.
        return first <= second ? new Pair(a, b, both, expected, lift, probability) : new Pair(b, a, both, expected, lift, probability);
    }

    private static Finding Describe(BasketSet set, PairCounts counts, Pair pair, double pairs)
    {
        var (from, to) = (set.Products[counts.Products[pair.From]], set.Products[counts.Products[pair.To]]);
        var leading = counts.Singles[pair.From];
        var evidence = new Evidence(
            "basket-pair",
            set.From,
            set.To,
            Evidence.Numbers(("lineValueMinor", to.LineValueMinor), ("pairsTested", pairs)),
            Evidence.Numbers(
                ("baskets", counts.Baskets),
                ("withFirst", leading),
                ("withSecond", counts.Singles[pair.To]),
                ("withBoth", pair.Both),
                ("support", (double)pair.Both / counts.Baskets),
                ("confidence", (double)pair.Both / leading),
                ("lift", pair.Lift),
                ("expectedBoth", pair.Expected),
                ("probability", pair.Probability)));
        return new Finding(
            InsightKind.BasketPair, $"{from.Id}+{to.Id}", evidence, new InsightAction(InsightActionKind.PlaceTogether, from.Id) { WithId = to.Id })
        {
            SubjectName = from.Name,
            OtherName = to.Name,
            StakeMinor = (pair.Both - pair.Expected) * to.LineValueMinor,
            StakeDays = set.To.DayNumber - set.From.DayNumber + 1,
            Sigmas = (pair.Both - pair.Expected) / Math.Sqrt(Math.Max(pair.Expected, 1)),
        };
    }

    private sealed record Pair(int From, int To, int Both, double Expected, double Lift, double Probability);
}
