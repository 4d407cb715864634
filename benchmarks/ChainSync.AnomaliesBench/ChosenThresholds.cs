using ChainSync.Analytics.Anomalies;

namespace ChainSync.AnomaliesBench;

/// <summary>What a level must reach: precision, recall, and recall of events of four deviations and more (0 when not asked for).</summary>
internal sealed record Goals(double Precision, double Recall, double StrongRecall);

/// <summary>
/// Picks one sensitivity on one half of the series: the factor on all shipped thresholds that leaves the most room to the goals of
/// precision and recall at once. One number is all that half of the series can carry: three thresholds picked apart did worse on the
/// other half than any of the neighbours (docs/adr/0106).
/// </summary>
internal static class ChosenThresholds
{
    public static readonly string DefaultData = Path.Combine("..", "shared", "data");

    private static readonly double[] Factors = [0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3];

    public static AnomalyOptions Of(Func<AnomalyOptions, EventScore> scoreOnHalf, Goals goals) =>
        Factors.Select(Scaled).MaxBy(o => Room(scoreOnHalf(o), goals))!;

    public static string Words(AnomalyThresholds t) => $"{Report.Number(t.Point)} / {Report.Number(t.Shift)} / {Report.Number(t.Silence)}";

    private static double Room(EventScore score, Goals goals) => double.IsNaN(score.Precision)
        ? double.NegativeInfinity
        : Math.Min(score.Precision - goals.Precision, Math.Min(score.Recall - goals.Recall, score.RecallFrom(4) - goals.StrongRecall));

    private static AnomalyOptions Scaled(double factor)
    {
        var shipped = new AnomalyOptions();
        AnomalyThresholds Times(AnomalyThresholds t) => new(t.Point * factor, t.Shift * factor, t.Silence * factor);
        return shipped with { Brisk = Times(shipped.Brisk), Slow = Times(shipped.Slow) };
    }
}
