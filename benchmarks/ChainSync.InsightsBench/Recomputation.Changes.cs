using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Series;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace ChainSync.InsightsBench;

internal static partial class Recomputation
{
    /// <summary>Totals of the weeks that end with the series, oldest first; null where fewer than four days are known.</summary>
    private static List<double?> WeekTotals(TimeSeries series)
    {
        var weeks = new List<double?>();
        for (var end = series.Count; end >= 7; end -= 7)
        {
            var days = Enumerable.Range(end - 7, 7).Where(series.IsObserved).ToList();
            weeks.Insert(0, days.Count >= 4 ? 7 * days.Average(i => series.Values[i]) : null);
        }
        return weeks;
    }

    private static Dictionary<string, double> LevelShift(Finding finding, WatchedSeries watched)
    {
        var totals = WeekTotals(watched.Series);
        var brisk = totals.Average() >= 70;
        double? Stable(double? t) => t is null ? null : brisk ? Math.Log(t.Value + 1) : 2 * Math.Sqrt(t.Value + 0.375);
        var weeks = totals.Select(Stable).ToList();
        if (finding.Evidence.Formula == "level-shift-against-last-year")
            weeks = [.. weeks.Skip(52).Select((w, i) => w - weeks[i])];
        var (shift, t, p, run) = Enumerable.Range(2, 7).Select(k => Split(weeks, k)).Where(s => s is not null).Select(s => s!.Value).OrderBy(s => s.P).First();
        var recent = totals.TakeLast(run).Select(w => w!.Value).ToList();
        var without = recent.Select(w => brisk ? Math.Max(0, (w + 1) * Math.Exp(-shift) - 1) : Math.Max(0, Math.Pow(Math.Max(0, Math.Sqrt(w + 0.375) - shift / 2), 2) - 0.375));
        return new()
        {
            ["weeksSince"] = run,
            ["beganDay"] = DateOnly.FromDateTime(watched.Series.TimeAt(watched.Series.Count - 7 * run)).DayNumber,
            ["perWeek"] = recent.Average(),
            ["perWeekWithout"] = without.Average(),
            ["shift"] = shift,
            ["t"] = t,
            ["probability"] = p,
        };
    }

    private static (double Shift, double T, double P, int Run)? Split(List<double?> weeks, int run)
    {
        var after = weeks.TakeLast(run).ToList();
        var window = weeks.SkipLast(run).TakeLast(26).ToList();
        var before = window.Where(w => w is not null).Select(w => w!.Value).ToList();
        if (before.Count < 20 || after.Contains(null))
            return null;
        var mean = before.Average();
        var squares = before.Sum(w => (w - mean) * (w - mean));
        var products = Enumerable.Range(1, 25).Where(i => window[i] is not null && window[i - 1] is not null).Sum(i => (window[i]!.Value - mean) * (window[i - 1]!.Value - mean));
        var raw = products / squares;
        var rho = Math.Clamp(raw + (1 + 3 * raw) / before.Count, 0, 0.9);
        var variance = squares / (before.Count - 1);
        // Variance of the mean of the run, from the full correlation matrix of its weeks.
        var ofRun = Enumerable.Range(0, run).Sum(i => Enumerable.Range(0, run).Sum(j => Math.Pow(rho, Math.Abs(i - j)))) / (run * run);
        var effective = before.Count * (1 - rho) / (1 + rho);
        var t = (after.Average()!.Value - mean) / Math.Sqrt(variance * (ofRun + 1 / effective));
        return (after.Average()!.Value - mean, t, Math.Min(1, 7 * 2 * StudentT.CDF(0, 1, Math.Max(3, effective - 1), -Math.Abs(t))), run);
    }

    private static Dictionary<string, double> WeekdayShare(Finding finding, WatchedSeries watched)
    {
        var series = watched.Series;
        var day = (DayOfWeek)(int)finding.Evidence["weekday"];
        bool UsuallyOpen(DayOfWeek weekday) => Enumerable.Range(series.Count % 7, series.Count - series.Count % 7).Where(i => series.TimeAt(i).DayOfWeek == weekday).Average(i => series.Known.IsOpen(i) ? 1 : -1) > 0;
        bool Plain(int i) => series.Known.IsOpen(i) == UsuallyOpen(series.TimeAt(i).DayOfWeek) && !(series.Known.IsOpen(i) && double.IsNaN(series.Values[i]))
            && series.Known.Columns.Where(c => c.Kind == CovariateKind.Holiday).All(c => c.Values.Span[i] == 0);
        List<double> Shares(int fromWeek, int toWeek) => [.. Enumerable.Range(fromWeek, toWeek - fromWeek)
            .Select(back => Enumerable.Range(series.Count - 7 * (back + 1), 7).ToList()).Where(week => week.All(Plain))
            .Select(week => week.Where(i => series.TimeAt(i).DayOfWeek == day && series.Known.IsOpen(i)).Sum(i => series.Values[i]) / week.Where(i => series.Known.IsOpen(i)).Sum(i => series.Values[i]))];
        var (now, before) = (Shares(0, 8), Shares(8, 34));
        static double MeanVariance(List<double> s) => s.Sum(x => (x - s.Average()) * (x - s.Average())) / (s.Count - 1) / s.Count;
        var (a, b) = (MeanVariance(now), MeanVariance(before));
        var t = (now.Average() - before.Average()) / Math.Sqrt(a + b);
        var freedom = Math.Pow(a + b, 2) / (a * a / (now.Count - 1) + b * b / (before.Count - 1));
        return new()
        {
            ["weekday"] = (int)day,
            ["shareBefore"] = before.Average(),
            ["shareNow"] = now.Average(),
            ["perWeek"] = WeekTotals(series).TakeLast(8).Average()!.Value,
            ["t"] = t,
            ["probability"] = 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)),
        };
    }

    /// <summary>One least-squares fit by QR with the promotion as a column among the others, in the place of two fits without it.</summary>
    private static Dictionary<string, double> Promotion(Finding finding, Morning morning, InsightOptions options)
    {
        var watched = morning.Input.Watched.Single(w => finding.SubjectId.StartsWith(w.Series.Id + "/", StringComparison.Ordinal));
        var (series, terms) = (watched.Series, watched.Promotions.Single(p => finding.SubjectId.EndsWith("/" + p.Column, StringComparison.Ordinal)));
        var promotion = series.Known.Columns.Single(c => c.Name == terms.Column).Values.ToArray();
        var from = Math.Max(0, series.Count - 364);
        var days = KnownDays(series).Where(d => d.Index >= from).ToList();
        var rows = days.Select(d => PromotionRow(series, terms.Column, promotion, from, d.Index)).ToList();
        int[] used = [.. Enumerable.Range(0, rows[0].Length).Where(j => rows.Any(r => r[j] != 0))];
        var design = Matrix<double>.Build.DenseOfRows(rows.Select(r => used.Select(j => r[j])));
        var target = Vector<double>.Build.DenseOfEnumerable(days.Select(d => Math.Log(d.Value + 1)));
        var (design0, offered) = (design.RemoveColumn(0), design.Column(0));
        var beta = LeastSquares(design, target);
        var errors = target - design * beta;
        var left = offered - design0 * LeastSquares(design0, offered);
        var scores = left.PointwiseMultiply(errors);
        var variance = Enumerable.Range(-14, 29).Sum(lag => (1 - Math.Abs(lag) / 15.0) * Enumerable.Range(0, scores.Count - Math.Abs(lag)).Sum(i => scores[i] * scores[i + Math.Abs(lag)]));
        var (effect, error) = (beta[0], Math.Sqrt(variance) / left.DotProduct(left));
        var z = Normal.InvCDF(0, 1, 1 - options.FalseAlarmRate / morning.Input.Watched.Sum(w => w.Promotions.Count) / 2);
        var promoted = days.Where(d => promotion[d.Index] > 0).ToList();
        double Without(double log) => promoted.Sum(d => Math.Max(0, (d.Value + 1) / Math.Exp(log * promotion[d.Index]) - 1));
        double Gain(double log) => promoted.Sum(d => d.Value) * terms.MarginPromotedMinor - Without(log) * terms.MarginNormalMinor;
        return new()
        {
            ["days"] = promoted.Count,
            ["logEffect"] = effect,
            ["logError"] = error,
            ["lift"] = Math.Exp(effect) - 1,
            ["liftLow"] = Math.Exp(effect - z * error) - 1,
            ["liftHigh"] = Math.Exp(effect + z * error) - 1,
            ["units"] = promoted.Sum(d => d.Value),
            ["unitsWithout"] = Without(effect),
            ["gainMinor"] = Gain(effect),
            ["gainLowMinor"] = Gain(effect - z * error),
            ["gainHighMinor"] = Gain(effect + z * error),
        };
    }

    /// <summary>Least squares whatever the rank.</summary>
    private static Vector<double> LeastSquares(Matrix<double> design, Vector<double> target) => design.PseudoInverse() * target;

    private static double[] PromotionRow(TimeSeries series, string column, double[] promotion, int from, int i)
    {
        var time = series.TimeAt(i);
        var month = 2 * Math.PI * (time.Day - 1) / DateTime.DaysInMonth(time.Year, time.Month);
        return
        [
            promotion[i],
            .. Enumerable.Range(0, 7).Select(d => (int)time.DayOfWeek == d ? 1.0 : 0),
            .. Enumerable.Range(0, 4).Select(s => (i - from) / 91 == s ? 1.0 : 0),
            .. Enumerable.Range(0, 4).Select(s => (i - from) / 91 == s ? (i - from) % 91 / 91.0 : 0),
            Math.Sin(month), Math.Cos(month), Math.Sin(2 * month), Math.Cos(2 * month),
            .. series.Known.Columns.Where(c => c.Name != column).Select(c => c.Values.Span[i]),
        ];
    }
}
