using System.Globalization;
using System.Text;

namespace ChainSync.InsightsBench;

/// <summary>Writes results as a page.</summary>
internal static class Report
{
    public static string Write(Relevance relevance, IReadOnlyList<(string Source, string Scale, double Seconds)> times, string model, IReadOnlyList<ServiceComparison> service, IReadOnlyList<string> leftOut)
    {
        var text = new StringBuilder();
        text.AppendLine("# Insights").AppendLine();
        text.AppendLine(Invariant($"Command: `./bench insights`. {Environment.ProcessorCount} processors, .NET {Environment.Version}.")).AppendLine();
        foreach (var reason in leftOut)
            text.AppendLine($"- {reason}");
        Relevant(text, relevance);
        if (service.Count > 0)
            Ordering(text, model, service);
        text.AppendLine("## Time").AppendLine().AppendLine("| input | size | seconds |").AppendLine("|---|---|---|");
        foreach (var (source, scale, seconds) in times)
            text.AppendLine(Invariant($"| {source} | {scale} | {seconds:0.00} |"));
        return text.ToString();
    }

    private static void Relevant(StringBuilder text, Relevance relevance)
    {
        var sample = relevance.Sample(50);
        text.AppendLine("## Relevance").AppendLine();
        text.AppendLine("Relevant by rule: every result in the evidence comes out again from the raw data by other code, the stake is at least 1 % of revenue or the");
        text.AppendLine("effect 2σ, not shown within seven days, an action is named, and a change claimed on the injected series points at an injected event (±7 days).").AppendLine();
        text.AppendLine(Invariant($"**{sample.Count(s => s.IsRelevant)} of {sample.Count} sampled insights are relevant**, {relevance.All.Count(s => s.IsRelevant)} of all {relevance.All.Count}.")).AppendLine();
        text.AppendLine(Invariant($"Of {relevance.LevelEvents} injected changes of level, which last 10 to 21 days, {relevance.LevelEventsFound} were pointed at.")).AppendLine();
        text.AppendLine("| data | kind | insights | relevant | first fault |").AppendLine("|---|---|---|---|---|");
        foreach (var group in relevance.All.GroupBy(s => (s.Source, s.Insight.Finding.Kind)).OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenBy(g => g.Key.Kind))
            text.AppendLine(Invariant($"| {group.Key.Source} | {group.Key.Kind} | {group.Count()} | {group.Count(s => s.IsRelevant)} | {group.SelectMany(s => s.Faults).FirstOrDefault() ?? ""} |"));
        text.AppendLine().AppendLine("The sample, every kind in it as evenly as its number allows:").AppendLine().AppendLine("| day | severity | share | insight | |").AppendLine("|---|---|---|---|---|");
        foreach (var scored in sample)
            text.AppendLine(Invariant($"| {scored.Day:yyyy-MM-dd} | {scored.Insight.Severity} | {100 * scored.Insight.ShareOfRevenue:0.00} % | **{scored.Insight.Title}.** {scored.Insight.Explanation} | {(scored.IsRelevant ? "" : scored.Faults[0])} |"));
        text.AppendLine();
    }

    private static void Ordering(StringBuilder text, string model, IReadOnlyList<ServiceComparison> service)
    {
        text.AppendLine("## Ordering").AppendLine();
        text.AppendLine(Invariant($"{service[0].Products} supermarket products over the last year, ordered once a week by the advice (`{model}`, refitted every quarter on what the shop had seen),"));
        text.AppendLine("lost sales. Beside it the share of cycles the textbook reaches, and the stock two usual rules need for the same service, their setting chosen afterwards on this very year:");
        text.AppendLine("*cover*, a multiple of the last 28 days' mean, and *normal*, mean + z·σ·√days of the last 56. In brackets: how much more than the advice.").AppendLine();
        text.AppendLine("| lead | target | reorder point held the demand | cycles without stock-out | of those with demand | demand served | stock | normal with the z of the target: cycles | cover, same cycles | normal, same cycles | cover, same served | normal, same served |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var comparison in service)
            foreach (var row in comparison.Rows)
                text.AppendLine(Invariant($"| {comparison.LeadDays} | {100 * row.Target:0} % | {100 * row.Coverage:0.0} % | {100 * row.Advice.Cycles:0.0} % | {100 * row.Advice.BusyCycles:0.0} % | {100 * row.Advice.Fill:0.0} % | {row.Advice.Stock:0.00} | {100 * row.TextbookCycles:0.0} % | {Beside(row.CoverSameCycles, row)} | {Beside(row.NormalSameCycles, row)} | {Beside(row.CoverSameFill, row)} | {Beside(row.NormalSameFill, row)} |"));
        text.AppendLine();
    }

    private static string Beside(double stock, ServiceRow row) =>
        double.IsNaN(stock) ? "not reached" : Invariant($"{stock:0.00} ({Math.Round(100 * (stock / row.Advice.Stock - 1)):+0;-0;0} %)");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
