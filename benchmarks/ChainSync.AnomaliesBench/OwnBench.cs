using ChainSync.Analytics.Anomalies;

namespace ChainSync.AnomaliesBench;

/// <summary>Scores events of our own, shipped thresholds, by set of series, recipe and half.</summary>
internal static class OwnBench
{
    private const int Seeds = 3;
    private static readonly string[] Types = ["spike", "drop", "outage", "missing", "level_up", "level_down"];

    public static void Run(IReadOnlyList<(string Name, IReadOnlyList<LabelledSeries> Series, int Back)> sets, ShopCalendars calendars, Report report)
    {
        var scores = (from set in sets
                      from recipe in (EventRecipe[])[EventRecipe.Given, EventRecipe.Other]
                      select (set.Name, Recipe: recipe.Name, Last: LastDay(set.Series, set.Back), Score: Score(set.Series, set.Back, recipe, calendars))).ToList();
        report.Heading($"Events of our own (seeds 1 to {Seeds}), shipped thresholds: other years, other products, other sizes");
        report.Table("series", "last day", "events", "half", "number", "precision", "strict", "recall", "recall ≥ 4σ", "wrong", "severity rank correlation");
        foreach (var (name, recipe, last, score) in scores)
            foreach (var half in (ReadOnlySpan<int>)[0, 1])
            {
                var shown = half;
                Row(report, [name, last, recipe, Report.Number(half)], score.Where(s => s.Half == shown));
            }
        report.Heading("By kind: found of all (found of ≥ 4σ)");
        report.Table(["series", "last day", "events", .. Types]);
        foreach (var (name, recipe, last, score) in scores)
            report.Row([name, last, recipe, .. Types.Select(t => InjectedBench.Found([.. score.Events.Where(e => e.Event.Type == t)]))]);
    }

    private static EventScore Score(IReadOnlyList<LabelledSeries> set, int back, EventRecipe recipe, ShopCalendars calendars)
    {
        var labelled = Enumerable.Range(1, Seeds).Select(seed => new Random(seed))
            .SelectMany(random => set.Select(s => OwnEvents.Into(s, s.Series.Count - back, recipe, random))).ToList();
        return EventScore.Of([.. labelled.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(s => (s, AnomalyScan.Run(s.Series)))], calendars);
    }

    private static void Row(Report report, string[] names, EventScore score)
    {
        if (score.Events.Count > 0)
            report.Row([.. names, Report.Number(score.Events.Count), Report.Share(score.Precision), Report.Share(score.StrictPrecision), Report.Share(score.Recall),
                Report.Share(score.RecallFrom(4)), Report.Number(score.False), Report.Share(score.SeveritySpearman)]);
    }

    private static string LastDay(IReadOnlyList<LabelledSeries> set, int back) =>
        set[0].Series.TimeAt(set[0].Series.Count - 1 - back).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
