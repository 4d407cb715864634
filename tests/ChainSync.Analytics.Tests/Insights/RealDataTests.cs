using ChainSync.Analytics.Insights;
using ChainSync.InsightsBench;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Insights;

/// <summary>Every claim made on real sales is computed again from them.</summary>
public sealed class RealDataTests
{
    [Fact]
    public void Claims_about_the_supermarket_come_out_again() =>
        Recompute("m5-foods1-items", root => SupermarketMornings.Walk(root, 3), InsightKind.Reorder, InsightKind.SlowStock);

    [Fact]
    public void Claims_about_the_drug_stores_come_out_again() =>
        Recompute("rossmann-stores", root => DrugStoreMornings.Walk(root, 2), InsightKind.PromotionEffect);

    [Fact]
    public void Claims_about_the_online_retailer_come_out_again() =>
        Recompute("uci-online-retail", root => OnlineMornings.Walk(root, 1), InsightKind.BasketPair);

    private static void Recompute(string set, Func<string, IEnumerable<Morning>> walk, params InsightKind[] kinds)
    {
        var root = ExampleQuestion.DataFolder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(root, set)), $"No {set} in {root}; set CHAINSYNC_DATA_DIR.");
        var options = new InsightOptions();
        var (history, found) = (InsightHistory.Empty, new HashSet<InsightKind>());

        foreach (var morning in walk(root))
        {
            var report = new InsightEngine(options).Run(morning.Input, set == "m5-foods1-items" ? history : null);
            history = report.History;
            foreach (var insight in report.Insights)
            {
                Assert.Empty(Recomputation.Differences(insight.Finding, morning, options));
                found.Add(insight.Finding.Kind);
            }
        }

        Assert.Superset(kinds.ToHashSet(), found);
    }
}
