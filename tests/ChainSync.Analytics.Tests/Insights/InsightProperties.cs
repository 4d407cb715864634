using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Prices;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;
using ChainSync.InsightsBench;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

/// <summary>What holds for any store. Stores are made from a number, so that a failing one can be had again.</summary>
public sealed class InsightProperties
{
    [Fact]
    public void Every_claim_comes_out_again_from_the_raw_data() => Check(seed =>
    {
        var morning = Store(seed, money: 1);

        return new InsightEngine().Run(morning.Input).Insights.All(i => Recomputation.Differences(i.Finding, morning, new InsightOptions()).Count == 0);
    });

    [Fact]
    public void The_unit_of_money_does_not_matter() => Check(seed =>
    {
        var one = new InsightEngine().Run(Store(seed, money: 1).Input).Insights;
        var hundred = new InsightEngine().Run(Store(seed, money: 100).Input).Insights;

        return one.Select(i => (i.Key, i.Severity, i.Finding.State)).SequenceEqual(hundred.Select(i => (i.Key, i.Severity, i.Finding.State)))
            && one.Zip(hundred).All(p => Math.Abs(100 * p.First.Finding.StakeMinor - p.Second.Finding.StakeMinor) <= 1e-6 * p.Second.Finding.StakeMinor);
    });

    [Fact]
    public void The_order_of_the_parts_does_not_matter() => Check(seed =>
    {
        var (input, random) = (Store(seed, 1).Input, new Random(seed));
        var shuffled = input with
        {
            Products = Shuffle(input.Products, random),
            Watched = Shuffle(input.Watched, random),
            Baskets = input.Baskets! with { Baskets = [.. Shuffle(input.Baskets.Baskets, random).Select(b => Shuffle(b, random).ToArray())] },
        };

        return Told(input).SequenceEqual(Told(shuffled));
    });

    [Fact]
    public void The_same_input_is_answered_alike_and_left_as_it_was() => Check(seed =>
    {
        var input = Store(seed, 1).Input;
        var before = Contents(input);

        var first = Told(input);

        return first.SequenceEqual(Told(input)) && before == Contents(input);
    });

    [Fact]
    public void The_answer_is_material_unique_ranked_and_quiet_afterwards() => Check(seed =>
    {
        var (input, options) = (Store(seed, 1).Input, new InsightOptions());

        var report = new InsightEngine(options).Run(input);

        return report.Insights.All(i => i.ShareOfRevenue >= options.MaterialShare || (i.Finding.Sigmas >= 2 && i.ShareOfRevenue >= options.LeastShare))
            && report.Insights.Select(i => i.Key).Distinct().Count() == report.Insights.Count
            && report.Insights.Select(i => i.Severity).SequenceEqual(report.Insights.Select(i => i.Severity).OrderDescending())
            && report.Insights.All(i => i.Title.Length > 0 && i.Explanation.EndsWith('.') && i.StakeMinor >= 0)
            && new InsightEngine(options).Run(input, report.History).Insights.All(i => report.Insights.All(r => r.Key != i.Key));
    });

    [Fact]
    public void The_stores_show_most_kinds()
    {
        var kinds = Enumerable.Range(0, 40).SelectMany(seed => new InsightEngine().Run(Store(seed, 1).Input).Insights).Select(i => i.Finding.Kind).ToHashSet();

        Assert.True(kinds.Count >= 10, string.Join(", ", kinds));
    }

    private static List<string> Told(InsightInput input) =>
        [.. new InsightEngine().Run(input).Insights.Select(i => $"{i.Key} {i.Severity} {i.StakeMinor} {i.Title} {i.Explanation}")];

    private static string Contents(InsightInput input) => string.Join(';', input.Products.Select(p => $"{p.Id}:{string.Join(',', p.Sales.Values.ToArray())}:{p.Stock}:{string.Join(',', p.Prices)}"))
        + string.Join(';', input.Watched.Select(w => string.Join(',', w.Series.Values.ToArray()))) + string.Join(';', input.Baskets!.Baskets.Select(b => string.Join(',', b)));

    private static List<T> Shuffle<T>(IEnumerable<T> items, Random random) => [.. items.OrderBy(_ => random.Next())];

    /// <summary>A store of a few products, some of them in trouble; all money multiplied.</summary>
    private static Morning Store(int seed, int money)
    {
        var random = new Random(seed);
        var replays = Enumerable.Range(0, 6).SelectMany(p => Enumerable.Range(0, 20).Select(r => new Analytics.Backtesting.Replay(
            $"p{p}", "product", 100 - r, [.. Enumerable.Repeat(1.0 + p, 14)], [.. Enumerable.Range(0, 14).Select(_ => (double)Shop.Poisson(random, 1 + p))], 1, []))).ToList();
        var products = Enumerable.Range(0, 6).Select(p => Product(p, random, money)).ToList();
        int[][] baskets = [.. Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, 6).Where(p => random.NextDouble() < 0.3).ToArray()), .. Enumerable.Repeat<int[]>([1, 4], random.Next(60))];
        var level = random.Next(2) == 0 ? 1 : 0.5 + random.NextDouble();
        return new Morning(Shop.Store(20_000 * money) with
        {
            Products = products,
            Demand = DemandDistribution.Learn(replays),
            Watched =
            [
                .. Enumerable.Range(0, 3).Select(k => new WatchedSeries(
                    Shop.Daily($"w{k}", [.. Enumerable.Range(0, 420).Select(d => 60 * (k == 0 && d >= 392 ? level : 1) * (k == 1 && d >= 364 && d % 7 == 2 ? level : 1) * Math.Exp(0.1 * Shop.Normal(random)))]), $"w{k}", 50 * money)),
            ],
            Baskets = new BasketSet(Shop.Today.AddDays(-28), Shop.Today.AddDays(-1), [.. Enumerable.Range(0, 6).Select(p => new BasketProduct($"p{p}", $"product {p}", 200 * money))], baskets),
            Staffing = Staffing(random, money),
        }, replays);
    }

    private static ProductFacts Product(int p, Random random, int money)
    {
        double[] sales = [.. Enumerable.Range(0, 200).Select(d => d >= 130 && p == 5 && random.Next(20) > 0 ? 0.0 : Shop.Poisson(random, 1 + p))];
        if (p == 5)
            sales.AsSpan(130).Clear();
        var usual = 300 + 50 * p;
        return Shop.Product($"p{p}", Shop.Daily($"p{p}", sales)) with
        {
            Forecast = Shop.Forecast($"p{p}", [.. Enumerable.Repeat(1.0 + p, 14)]),
            Stock = new StockPosition(p == 4 ? 3000 : random.Next(1, 60), random.Next(2), random.Next(2) == 0 ? [] : [new InboundOrder(Shop.Today.AddDays(3), random.Next(1, 20))]),
            Supply = new SupplyTerms(3, 7, 1 + random.Next(6)),
            CostMinor = usual * 0.6 * money,
            Prices = random.Next(3) switch
            {
                0 => [new PriceFrom(Shop.Today.AddDays(-300), usual * money), new PriceFrom(Shop.Today.AddDays(-5), usual * 4 * money)],
                1 => [new PriceFrom(Shop.Today.AddDays(-300), usual * money), new PriceFrom(Shop.Today.AddDays(-9), usual / 2 * money)],
                _ => [new PriceFrom(Shop.Today.AddDays(-300), usual * money)],
            },
            PricesElsewhereMinor = new Dictionary<string, long> { ["s1"] = usual * money, ["s2"] = (usual + 10) * money, ["s3"] = (usual - 10) * money },
        };
    }

    private static StaffingPlan Staffing(Random random, int money)
    {
        double[] mean = [.. Enumerable.Range(0, 48).Select(h => h % 24 is >= 8 and < 20 ? 5.0 + random.Next(30) : 0)];
        var expected = new Forecast("orders", "test", Grain.Hourly, Shop.Today.ToDateTime(TimeOnly.MinValue), mean, [new IntervalBand(0.8, mean, [.. mean.Select(m => 1.3 * m)])]);
        return new StaffingPlan(expected, [.. mean.Select(m => m > 0 ? 1.0 + random.Next(4) : 0)], 10, 1500 * money, 400 * money);
    }

    private static void Check(Func<int, bool> holds) =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
}
