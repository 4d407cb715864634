using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Changes;

/// <summary>
/// Did the level of a weekly series change within the last weeks and stay changed? The mean of the last k weeks against the mean of the
/// 26 weeks before, for every k from 2 to 8, by a t statistic whose variance knows that neighbouring weeks are alike (first-order
/// autocorrelation, corrected for its bias: Kendall 1954). The best of the seven splits pays for the choice (Bonferroni).
/// </summary>
internal static class ShiftTest
{
    public const int Baseline = 26;
    public const int ShortestRun = 2;
    public const int LongestRun = 8;

    /// <summary>Fewest known weeks of a baseline.</summary>
    private const int FewestKnown = 20;

    /// <summary>Weeks needed.</summary>
    public const int FewestWeeks = Baseline + LongestRun;

    /// <summary>A shift.</summary>
    /// <param name="Run">Weeks since it began.</param>
    /// <param name="Size">After less before, on the scale tested.</param>
    /// <param name="T">Size in standard errors.</param>
    /// <param name="Probability">Chance of so large a T without any shift, the choice of the split paid for; at most 1.</param>
    public readonly record struct Shift(int Run, double Size, double T, double Probability);

    /// <summary>The most certain split, or null when no split has enough known weeks or the baseline never varies.</summary>
    public static Shift? Strongest(ReadOnlySpan<double> weeks)
    {
        Shift? best = null;
        for (var run = ShortestRun; run <= LongestRun; run++)
            if (At(weeks, run) is { } shift && (best is null || shift.Probability < best.Value.Probability))
                best = shift;
        return best;
    }

    /// <summary>The test of one split.</summary>
    public static Shift? At(ReadOnlySpan<double> weeks, int run)
    {
        var before = Moments(weeks[^(run + Baseline)..^run]);
        var after = Moments(weeks[^run..]);
        if (before.Known < FewestKnown || after.Known < run || before.Deviation <= 0)
            return null;
        var likeness = before.Likeness;
        var inflation = (1 + likeness) / (1 - likeness);
        var error = before.Deviation * Math.Sqrt(MeanVariance(run, likeness) + inflation / before.Known);
        var freedom = Math.Max(3, before.Known / inflation - 1);
        var t = (after.Mean - before.Mean) / error;
        var tail = 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t));
        return new Shift(run, after.Mean - before.Mean, t, Math.Min(1, tail * (LongestRun - ShortestRun + 1)));
    }

    /// <summary>Variance of the mean of n neighbouring weeks in units of the variance of one.</summary>
    private static double MeanVariance(int n, double likeness)
    {
        var sum = 1.0;
        for (var lag = 1; lag < n; lag++)
            sum += 2 * (1 - (double)lag / n) * Math.Pow(likeness, lag);
        return sum / n;
    }

    private static (double Mean, double Deviation, double Likeness, int Known) Moments(ReadOnlySpan<double> weeks)
    {
        var (mean, known) = (Numerics.Statistics.Mean(weeks), 0);
        var (squares, products) = (0.0, 0.0);
        for (var i = 0; i < weeks.Length; i++)
        {
            if (double.IsNaN(weeks[i]))
                continue;
            known++;
            squares += (weeks[i] - mean) * (weeks[i] - mean);
            if (i > 0 && !double.IsNaN(weeks[i - 1]))
                products += (weeks[i] - mean) * (weeks[i - 1] - mean);
        }
        var raw = squares > 0 ? products / squares : 0;
        var likeness = Math.Clamp(raw + (1 + 3 * raw) / Math.Max(known, 1), 0, 0.9);
        return (mean, known > 1 ? Math.Sqrt(squares / (known - 1)) : 0, likeness, known);
    }
}
