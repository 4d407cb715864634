using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Baskets;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

public sealed class BasketTests
{
    [Fact]
    public void A_pair_is_counted_and_compared_with_chance()
    {
        // 40 with both, 10 more with a, 20 more with b, 130 with two others that never meet.
        int[][] baskets =
        [
            .. Enumerable.Repeat<int[]>([0, 1], 40), .. Enumerable.Repeat<int[]>([0], 10), .. Enumerable.Repeat<int[]>([1], 20),
            .. Enumerable.Repeat<int[]>([2], 65), .. Enumerable.Repeat<int[]>([3], 65),
        ];

        var finding = Assert.Single(Shop.Find(new BasketPairFinder(), Input(4, baskets)));

        Assert.Equal("p0+p1", finding.SubjectId);
        Assert.Equal(40 / 200.0, finding.Evidence["support"], 12);
        Assert.Equal(40 / 50.0, finding.Evidence["confidence"], 12);
        Assert.Equal(40.0 * 200 / (50 * 60), finding.Evidence["lift"], 12);
        // Σ s(s − 1) = 80, Σ s = 240.
        var expected = 50.0 * 60 * 80 / (240 * 240);
        Assert.Equal(expected, finding.Evidence["expectedBoth"], 12);
        Assert.Equal(6, finding.Evidence["pairsTested"]);
        Assert.Equal((40 - expected) * 300, finding.StakeMinor, 6);
    }

    [Fact]
    public void Big_baskets_alone_link_nothing()
    {
        // Half of the baskets hold one product, half hold thirty of forty: every pair meets far more often than in even baskets.
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            int[][] baskets = [.. Enumerable.Range(0, 1000).Select(b => Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(b % 2 == 0 ? 1 : 30).ToArray())];

            Assert.Empty(Shop.Find(new BasketPairFinder(), Input(40, baskets), new InsightOptions { LeastLift = 1 }));
        }
    }

    [Fact]
    public void Random_baskets_seldom_show_a_pair()
    {
        const int runs = 100;
        var alarms = Enumerable.Range(0, runs).Count(seed =>
        {
            var random = new Random(seed);
            int[][] baskets = [.. Enumerable.Range(0, 2000).Select(_ => Enumerable.Range(0, 60).Where(p => random.NextDouble() < 0.15 * (p % 5 + 1) / 5).ToArray())];
            return Shop.Find(new BasketPairFinder(), Input(60, baskets), new InsightOptions { LeastLift = 1 }).Count > 0;
        });

        Assert.True(alarms <= 12, $"{alarms} of {runs}");
    }

    [Fact]
    public void Wholesale_baskets_are_left_out_of_every_count()
    {
        int[][] baskets = [.. Enumerable.Repeat<int[]>([0, 1], 40), .. Enumerable.Repeat<int[]>([2], 100), .. Enumerable.Repeat<int[]>([0, 1, 2, 3], 500)];

        var finding = Assert.Single(Shop.Find(new BasketPairFinder(), Input(4, baskets), new InsightOptions { LargestBasket = 3 }));

        Assert.Equal(140, finding.Evidence["baskets"]);
    }

    private static InsightInput Input(int products, int[][] baskets) => Shop.Store() with
    {
        Baskets = new BasketSet(Shop.Today.AddDays(-30), Shop.Today.AddDays(-1), [.. Enumerable.Range(0, products).Select(i => new BasketProduct($"p{i}", $"product {i}", 300))], baskets),
    };
}
