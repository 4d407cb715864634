namespace ChainSync.Analytics.Insights.Changes;

/// <summary>
/// Levels that changed and stayed changed. With two years of history a week is compared with the week 52 weeks earlier, so that the
/// season explains nothing; the plain level must then have moved the same way, or last year's event would be this year's news.
/// </summary>
internal sealed class TrendFinder : IInsightFinder
{
    private const int MonthDays = 28;

    /// <summary>Share of the change that the plain level must show.</summary>
    private const double PlainShare = 0.5;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        foreach (var watched in input.Watched)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Change(watched, options.FalseAlarmRate / input.Watched.Count) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Change(WatchedSeries watched, double alarmRate)
    {
        var weeks = Weeks.Of(watched.Series);
        if (weeks.Count < ShiftTest.FewestWeeks)
            return null;
        var plain = weeks.Stable();
        var seasonal = weeks.Count >= Weeks.PerYear + ShiftTest.FewestWeeks;
        var tested = seasonal ? AgainstLastYear(plain) : plain;
        if (ShiftTest.Strongest(tested) is not { } shift || shift.Probability > alarmRate)
            return null;
        if (seasonal && !(ShiftTest.At(plain, shift.Run) is { } same && same.Size * Math.Sign(shift.Size) >= PlainShare * Math.Abs(shift.Size)))
            return null;
        return Describe(watched, weeks, shift, seasonal);
    }

    private static double[] AgainstLastYear(double[] weeks)
    {
        var differences = new double[weeks.Length - Weeks.PerYear];
        for (var w = 0; w < differences.Length; w++)
            differences[w] = weeks[w + Weeks.PerYear] - weeks[w];
        return differences;
    }

    private static Finding Describe(WatchedSeries watched, Weeks weeks, ShiftTest.Shift shift, bool seasonal)
    {
        var series = watched.Series;
        var (seen, without) = (0.0, 0.0);
        foreach (var total in weeks.Totals.AsSpan()[^shift.Run..])
            (seen, without) = (seen + total / shift.Run, without + weeks.Without(total, shift.Size) / shift.Run);
        var began = series.TimeAt(Weeks.FirstDay(series, weeks.Count, weeks.Count - shift.Run));
        var firstWeek = weeks.Count - ShiftTest.Baseline - shift.Run - (seasonal ? Weeks.PerYear : 0);
        var evidence = new Evidence(
            seasonal ? "level-shift-against-last-year" : "level-shift",
            DateOnly.FromDateTime(series.TimeAt(Weeks.FirstDay(series, weeks.Count, firstWeek))),
            DateOnly.FromDateTime(series.TimeAt(series.Count - 1)),
            Evidence.Numbers(("baselineWeeks", ShiftTest.Baseline), ("minorPerUnit", watched.MinorPerUnit), ("isMoney", watched.IsMoney ? 1 : 0), ("isLog", weeks.Log ? 1 : 0)),
            Evidence.Numbers(
                ("weeksSince", shift.Run),
                ("beganDay", DateOnly.FromDateTime(began).DayNumber),
                ("perWeek", seen),
                ("perWeekWithout", without),
                ("shift", shift.Size),
                ("t", shift.T),
                ("probability", shift.Probability)));
        return new Finding(InsightKind.TrendChange, series.Id, evidence, new InsightAction(InsightActionKind.Investigate, series.Id) { From = began })
        {
            SubjectName = watched.Name,
            State = shift.Size > 0 ? "up" : "down",
            StakeMinor = Math.Abs(seen - without) * (MonthDays / 7) * watched.MinorPerUnit,
            StakeDays = MonthDays,
            Sigmas = Math.Abs(shift.T),
        };
    }
}
