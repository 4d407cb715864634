using ChainSync.Analytics.Anomalies;

namespace ChainSync.AnomaliesBench;

/// <summary>
/// Picks thresholds on one half of the series: the most recall among those whose precision on that half is at least the goal's and a
/// margin for what half of the series cannot tell.
/// </summary>
internal static class ChosenThresholds
{
    public static readonly string DefaultData = Path.Combine("..", "shared", "data");

    private const double Margin = 0.05;

    public static AnomalyOptions Of(Func<AnomalyOptions, EventScore> scoreOnHalf, bool slow, double precisionGoal)
    {
        var grid = slow
            ? from point in (double[])[3, 3.25, 3.5, 4] from shift in (double[])[2.5, 2.75, 3, 3.5] from silence in (double[])[3, 3.25, 3.5] select new AnomalyThresholds(point, shift, silence)
            : from point in (double[])[4.25, 4.5, 4.75, 5] from shift in (double[])[2.75, 3, 3.25, 3.5] select new AnomalyThresholds(point, shift, 3.25);
        var tried = grid.Select(t => slow ? new AnomalyOptions { Slow = t } : new AnomalyOptions { Brisk = t })
            .Select(o => (Options: o, Score: scoreOnHalf(o))).ToList();
        var good = tried.Where(t => t.Score.Precision >= precisionGoal + Margin).ToList();
        return good.Count > 0
            ? good.MaxBy(t => (t.Score.Recall, t.Score.Precision)).Options
            : tried.MaxBy(t => t.Score.Precision).Options;
    }

    public static string Words(AnomalyThresholds t) => $"{Report.Number(t.Point)} / {Report.Number(t.Shift)} / {Report.Number(t.Silence)}";
}
