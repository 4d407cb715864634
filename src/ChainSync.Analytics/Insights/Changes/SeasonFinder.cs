using ChainSync.Analytics.Series;
using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Changes;

/// <summary>
/// Weekdays whose share of the week changed: shares of the last 8 whole weeks against those of the 26 before, by a t test with unequal
/// variances (Welch 1947) per weekday. Weeks with a holiday or an unusual closing are left out; slow series are not tested.
/// </summary>
internal sealed class SeasonFinder : IInsightFinder
{
    private const int Recent = 8;
    private const int Before = 26;
    private const int FewestRecent = 5;
    private const int FewestBefore = 16;
    private const int MonthDays = 28;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        var limit = options.FalseAlarmRate / (7 * Math.Max(1, input.Watched.Count));
        foreach (var watched in input.Watched)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var weeks = Weeks.Of(watched.Series);
            if (weeks.Count >= Recent + Before && weeks.Log && Strongest(watched.Series, weeks.Count) is { } change && change.Probability <= limit)
                yield return Describe(watched, weeks, change);
        }
    }

    private static Change? Strongest(TimeSeries series, int weeks)
    {
        var recent = WholeWeeks(series, weeks - Recent, weeks);
        var before = WholeWeeks(series, weeks - Recent - Before, weeks - Recent);
        if (recent.Count < FewestRecent || before.Count < FewestBefore)
            return null;
        Change? best = null;
        for (var day = 0; day < 7; day++)
            if (Compare(day, recent, before) is { } change && (best is null || change.Probability < best.Probability))
                best = change;
        return best;
    }

    /// <summary>Shares of the seven days of each whole week without special days; place 0 is the weekday on which the series' weeks begin.</summary>
    private static List<double[]> WholeWeeks(TimeSeries series, int from, int to)
    {
        var usual = UsuallyOpen(series);
        var whole = new List<double[]>();
        var weeks = series.Count / 7;
        for (var week = from; week < to; week++)
        {
            var first = Weeks.FirstDay(series, weeks, week);
            var (shares, sum, plain) = (new double[7], 0.0, true);
            for (var day = 0; day < 7 && plain; day++)
            {
                plain = !IsSpecial(series, first + day, usual[day]);
                shares[day] = series.IsObserved(first + day) ? series.Values[first + day] : 0;
                sum += shares[day];
            }
            if (plain && sum > 0)
                whole.Add(Array.ConvertAll(shares, s => s / sum));
        }
        return whole;
    }

    private static bool[] UsuallyOpen(TimeSeries series)
    {
        var usual = new bool[7];
        for (var day = 0; day < 7; day++)
        {
            var balance = 0;
            for (var i = series.Count % 7 + day; i < series.Count; i += 7)
                balance += series.Known.IsOpen(i) ? 1 : -1;
            usual[day] = balance > 0;
        }
        return usual;
    }

    private static bool IsSpecial(TimeSeries series, int index, bool usuallyOpen) =>
        (usuallyOpen && !series.IsObserved(index)) || series.Known.IsOpen(index) != usuallyOpen
        || series.Known.Columns.Any(c => c.Kind == CovariateKind.Holiday && c.Values.Span[index] != 0);

    private static Change? Compare(int day, List<double[]> recent, List<double[]> before)
    {
        var (after, afterVariance) = Moments(recent, day);
        var (prior, priorVariance) = Moments(before, day);
        var (a, b) = (afterVariance / recent.Count, priorVariance / before.Count);
        if (a + b <= 0)
            return null;
        var freedom = (a + b) * (a + b) / (a * a / (recent.Count - 1) + b * b / (before.Count - 1));
        var t = (after - prior) / Math.Sqrt(a + b);
        return new Change(day, prior, after, t, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)));
    }

    private static (double Mean, double Variance) Moments(List<double[]> weeks, int day)
    {
        var mean = weeks.Average(w => w[day]);
        return (mean, weeks.Sum(w => (w[day] - mean) * (w[day] - mean)) / (weeks.Count - 1));
    }

    private static Finding Describe(WatchedSeries watched, Weeks weeks, Change change)
    {
        var series = watched.Series;
        var perWeek = weeks.Totals[^Recent..].Where(t => !double.IsNaN(t)).Average();
        var day = series.TimeAt(Weeks.FirstDay(series, weeks.Count, weeks.Count - 1) + change.Day);
        var evidence = new Evidence(
            "weekday-share",
            DateOnly.FromDateTime(series.TimeAt(Weeks.FirstDay(series, weeks.Count, weeks.Count - Recent - Before))),
            DateOnly.FromDateTime(series.TimeAt(series.Count - 1)),
            Evidence.Numbers(("recentWeeks", Recent), ("beforeWeeks", Before), ("minorPerUnit", watched.MinorPerUnit), ("isMoney", watched.IsMoney ? 1 : 0)),
            Evidence.Numbers(
                ("weekday", (int)day.DayOfWeek),
                ("shareBefore", change.Before),
                ("shareNow", change.Now),
                ("perWeek", perWeek),
                ("t", change.T),
                ("probability", change.Probability)));
        return new Finding(InsightKind.SeasonChange, series.Id, evidence, new InsightAction(InsightActionKind.ReplanWeek, series.Id) { From = day })
        {
            SubjectName = watched.Name,
            State = $"{day.DayOfWeek} {(change.Now > change.Before ? "up" : "down")}",
            StakeMinor = Math.Abs(change.Now - change.Before) * perWeek * (MonthDays / 7) * watched.MinorPerUnit,
            StakeDays = MonthDays,
            Sigmas = Math.Abs(change.T),
        };
    }

    /// <summary>Share of a weekday before and now; <paramref name="Day"/> counts from the first day of the series' weeks.</summary>
    private sealed record Change(int Day, double Before, double Now, double T, double Probability);
}
