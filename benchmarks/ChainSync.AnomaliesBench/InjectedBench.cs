using System.Diagnostics;
using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;

namespace ChainSync.AnomaliesBench;

/// <summary>The injected set: by level and half, by family, by kind, and the time a streamed point takes.</summary>
internal static class InjectedBench
{
    private const string Items = "m5item";
    private static readonly string[] Types = ["spike", "drop", "outage", "missing", "level_up", "level_down"];

    public static void Run(string root, Report report)
    {
        var calendars = new ShopCalendars(root, ChosenThresholds.DefaultData);
        var data = InjectedData.Load(root, calendars);
        report.Heading($"Injected events: {data.Count} series, {data.Sum(s => s.Events.Count)} events");
        if (calendars.Missing.Count > 0)
            report.Line($"No calendar of the {string.Join(" and the ", calendars.Missing)} was found: nothing is known in advance there.\n");
        EventScore Score(AnomalyOptions options, Func<LabelledSeries, bool> which) =>
            EventScore.Of(data.Where(which).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(s => (s, AnomalyScan.Run(s.Series, options))).ToList(), calendars);

        Levels(report, Score);
        var shipped = Score(new AnomalyOptions(), _ => true);
        Families(report, shipped);
        Kinds(report, shipped);
        report.Line("");
        report.Line($"Rank correlation of severity with the size of the event, over all events found: {Report.Share(shipped.SeveritySpearman)}. Most alerts of one series in 30 days: {Busiest(shipped)}.");
        HeldBack.Run(root, calendars, data.Where(s => s.Family == Items).Select(s => s.Series.Id).ToHashSet(StringComparer.Ordinal), report);
        Speed(data, report);
    }

    private static void Levels(Report report, Func<AnomalyOptions, Func<LabelledSeries, bool>, EventScore> score)
    {
        report.Table("level", "thresholds (point / shift / silence)", "from", "half", "precision", "strict", "recall", "recall ≥ 4σ", "alerts", "wrong");
        foreach (var (level, slow, goal) in (ReadOnlySpan<(string, bool, Goals)>)[("stores, departments", false, new Goals(0.90, 0.60, 0.75)), ("items", true, new Goals(0.80, 0.35, 0))])
        {
            Func<LabelledSeries, bool> ofLevel = s => s.Family == Items == slow;
            foreach (var half in (ReadOnlySpan<int>)[0, 1])
            {
                var (learned, other) = (half, 1 - half);
                var chosen = ChosenThresholds.Of(o => score(o, s => ofLevel(s) && s.Half == learned), goal);
                Row(report, level, slow, chosen, $"chosen on half {learned}", other, score(chosen, s => ofLevel(s) && s.Half == other));
            }
            var shipped = score(new AnomalyOptions(), ofLevel);
            foreach (var half in (ReadOnlySpan<int>)[0, 1])
            {
                var shown = half;
                Row(report, level, slow, new AnomalyOptions(), "shipped", shown, shipped.Where(s => s.Half == shown));
            }
        }
    }

    private static void Row(Report report, string level, bool slow, AnomalyOptions options, string origin, int half, EventScore score) => report.Row(
        level, ChosenThresholds.Words(slow ? options.Slow : options.Brisk), origin, half.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Report.Share(score.Precision), Report.Share(score.StrictPrecision), Report.Share(score.Recall), Report.Share(score.RecallFrom(4)),
        Report.Number(score.Alerts.Count), Report.Number(score.False));

    private static void Families(Report report, EventScore shipped)
    {
        report.Heading("By family, shipped thresholds");
        report.Table("family", "half", "precision", "strict", "recall", "recall ≥ 4σ", "wrong", "severity rank correlation");
        foreach (var family in shipped.Events.Select(e => e.Series.Family).Distinct().Order(StringComparer.Ordinal))
            foreach (var half in (ReadOnlySpan<int>)[0, 1])
            {
                var shown = half;
                var score = shipped.Where(s => s.Family == family && s.Half == shown);
                report.Row(family, Report.Number(half), Report.Share(score.Precision), Report.Share(score.StrictPrecision), Report.Share(score.Recall),
                    Report.Share(score.RecallFrom(4)), Report.Number(score.False), Report.Share(score.SeveritySpearman));
            }
    }

    private static void Kinds(Report report, EventScore shipped)
    {
        report.Heading("By kind of event, shipped thresholds: found of all (found of ≥ 4σ)");
        report.Table(["family", "half", .. Types]);
        foreach (var group in shipped.Events.GroupBy(e => (e.Series.Family, e.Series.Half)).OrderBy(g => g.Key.Family, StringComparer.Ordinal).ThenBy(g => g.Key.Half))
            report.Row([group.Key.Family, Report.Number(group.Key.Half), .. Types.Select(t => Found([.. group.Where(e => e.Event.Type == t)]))]);
    }

    internal static string Found(List<JudgedEvent> events)
    {
        var strong = events.Where(e => e.Event.Sigmas >= 4).ToList();
        return $"{events.Count(e => e.Alert is not null)} of {events.Count} ({strong.Count(e => e.Alert is not null)} of {strong.Count})";
    }

    private static int Busiest(EventScore score) => score.Alerts.GroupBy(a => a.Alert.SeriesId)
        .Select(g => g.Max(a => g.Count(b => b.Alert.Raised >= a.Alert.Raised && b.Alert.Raised < a.Alert.Raised.AddDays(30)))).DefaultIfEmpty(0).Max();

    private static void Speed(IReadOnlyList<LabelledSeries> data, Report report)
    {
        report.Heading("Streaming, one core");
        var streamed = data.Select(s => Enumerable.Range(0, 7).Select(_ => Stream(s.Series)).MinBy(r => r.Seconds)).ToList();
        var points = data.Sum(s => s.Series.Count);
        report.Line($"{Report.Number(streamed.Sum(r => r.Seconds) * 1e6 / points)} µs a point over {points:N0} points, best of seven runs of each series; the largest saved state is {Report.Number(streamed.Max(r => r.Bytes) / 1024.0, "0")} KiB of JSON.");
    }

    private static (double Seconds, int Bytes) Stream(TimeSeries series)
    {
        var detector = new AnomalyDetector(series.Id, series.Grain, series.Start, series.Known);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < series.Count; i++)
            detector.Add(new SeriesPoint(series.TimeAt(i), series.Values[i]));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, detector.Save().Length);
    }
}
