using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// The labelled streams, beside a windowed Gaussian. Ours reads three hourly series of each stream (mean, lowest, highest), so that
/// minutes between 1 and 20 apart become one grid. For both, flags less than a day apart are one alert.
/// </summary>
internal static class NabBench
{
    private static readonly TimeSpan Gap = TimeSpan.FromDays(1);
    private static readonly double[] Thresholds = [3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8];

    public static void Run(string root, Report report)
    {
        var streams = NabData.Load(root);
        report.Heading($"NAB: {streams.Count} streams, {streams.Sum(s => s.Windows.Count)} windows");
        report.Table("detector", "threshold", "from", "streams", "precision", "recall", "F1", "alerts");
        Detector(report, "windowed Gaussian", streams, WindowedGaussian.Flag, 5, "usual");
        Detector(report, "ours", streams, Ours, new AnomalyOptions().Hourly.Point, "shipped");
    }

    private static void Detector(Report report, string name, IReadOnlyList<NabStream> streams, Func<NabStream, double, IReadOnlyList<DateTime>> flag, double usual, string origin)
    {
        WindowScore Score(double threshold, Func<NabStream, bool> which) => streams.Where(which)
            .Select(s => WindowScore.Of(s, WindowScore.Merge(flag(s, threshold), Gap))).Aggregate(new WindowScore(0, 0, 0, 0), (a, b) => a + b);
        void Row(double threshold, string from, string shown, WindowScore s) => report.Row(
            name, Report.Number(threshold), from, shown, Report.Share(s.Precision), Report.Share(s.Recall), Report.Share(s.F1), Report.Number(s.Alerts));

        var half = streams.Select((s, i) => (s.Name, Half: i % 2)).ToDictionary(x => x.Name, x => x.Half, StringComparer.Ordinal);
        foreach (var learned in (ReadOnlySpan<int>)[0, 1])
        {
            var (own, other) = (learned, 1 - learned);
            var chosen = Thresholds[1..^1].MaxBy(t => Around(t).Average(near => Score(near, s => half[s.Name] == own).F1));
            Row(chosen, $"chosen on half {own}", $"half {other}", Score(chosen, s => half[s.Name] == other));
        }
        Row(usual, origin, "all", Score(usual, _ => true));
        var best = Thresholds.MaxBy(t => Score(t, _ => true).F1);
        Row(best, "its best on these data", "all", Score(best, _ => true));
    }

    /// <summary>A threshold and its neighbours: one half has some thirty windows, so the best single threshold is luck.</summary>
    private static double[] Around(double threshold)
    {
        var at = Array.IndexOf(Thresholds, threshold);
        return Thresholds[(at - 1)..(at + 2)];
    }

    private static IReadOnlyList<DateTime> Ours(NabStream stream, double threshold)
    {
        var options = new AnomalyOptions { Hourly = new AnomalyThresholds(threshold, double.PositiveInfinity, threshold) };
        return [.. Hourly(stream).SelectMany(series => AnomalyScan.Run(series, options))
            .Where(a => a.Kind != AnomalyKind.Missing)
            .SelectMany(Hours).Distinct().Order()];
    }

    private static IEnumerable<DateTime> Hours(Alert alert)
    {
        for (var hour = alert.Raised; hour <= alert.Through; hour = hour.AddHours(1))
            yield return hour;
    }

    private static IEnumerable<TimeSeries> Hourly(NabStream stream)
    {
        var start = stream.Times[0].Date.AddHours(stream.Times[0].Hour);
        var hours = stream.Times.Zip(stream.Values).ToLookup(p => (int)(p.First - start).TotalHours, p => p.Second);
        var count = (int)(stream.Times[^1] - start).TotalHours + 1;
        foreach (var (name, reduce) in ((string, Func<IEnumerable<double>, double>)[])[("mean", Enumerable.Average), ("lowest", Enumerable.Min), ("highest", Enumerable.Max)])
        {
            var values = new double[count];
            for (var i = 0; i < count; i++)
                values[i] = hours.Contains(i) ? reduce(hours[i]) : double.NaN;
            yield return new TimeSeries($"{stream.Name} {name}", Grain.Hourly, start, values);
        }
    }
}
