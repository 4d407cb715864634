using ChainSync.Analytics.Anomalies;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// How often does the detector speak up on real sales into which nothing was injected? All years but the first two. Such alerts may well
/// be true; they bound what is false.
/// </summary>
internal static class UntouchedSales
{
    public static void Run(IReadOnlyList<(string Name, IReadOnlyList<LabelledSeries> Series)> sets, ShopCalendars calendars, Report report)
    {
        report.Heading("Sales into which nothing was injected: alerts per series and year, calendar days left out");
        report.Table(["series", "years", "all", .. Enum.GetNames<AnomalyKind>()]);
        foreach (var (name, set) in sets)
            Row(report, calendars, name, set);
    }

    private static void Row(Report report, ShopCalendars calendars, string name, IReadOnlyList<LabelledSeries> set)
    {
        var score = EventScore.Of([.. set.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(s => (s, AnomalyScan.Run(s.Series)))], calendars);
        var years = set.Sum(s => s.Series.Count - CleanSales.LearnedDays) / 365.25;
        var loud = score.Alerts.Where(a => a.Verdict == Verdict.False).ToLookup(a => a.Alert.Kind);
        report.Row([$"{set.Count} {name}", Report.Number(years, "0"), Report.Number(years > 0 ? loud.Sum(g => g.Count()) / years : double.NaN),
            .. Enum.GetValues<AnomalyKind>().Select(k => Report.Number(years > 0 ? loud[k].Count() / years : double.NaN))]);
    }
}
