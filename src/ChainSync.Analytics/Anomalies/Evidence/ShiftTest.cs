using ChainSync.Analytics.Anomalies.Expecting;

namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>
/// Has the level moved? Sums the errors of the last one and two weeks against the level as it was before them, in units of the sums' own
/// usual size (errors of neighbouring days are alike, so sums vary more than independent errors would). A sum counts only when most of
/// its periods point the same way; each error is clipped, so one spike is no level.
/// </summary>
internal sealed class ShiftTest
{
    private const double Clip = 3;
    internal static double SameSide = 0.75;
    private const double Slowest = 0.006;

    /// <summary>Periods remembered: two weeks of open days.</summary>
    public const int Longest = 14;

    public double[] Errors { get; init; } = new double[Longest];

    public double[] Weights { get; init; } = new double[Longest];

    public double[] Variances { get; init; } = new double[Longest];

    public double[] Levels { get; init; } = new double[Longest];

    public int Count { get; set; }

    /// <summary>Usual size of the standardised weekly and two-weekly sums.</summary>
    public double WeekSize { get; set; } = 1;

    public double FortnightSize { get; set; } = 1;

    public void Add(SeriesModel model, in Outlook outlook, double value)
    {
        var error = model.Error(outlook, value);
        var variance = model.NoiseVariance(outlook, error) + outlook.Uncertainty;
        var at = Count++ % Longest;
        (Errors[at], Variances[at], Levels[at]) = (error, variance, outlook.Level);
        Weights[at] = model.Family == ValueFamily.Count ? outlook.Expected : 1;
    }

    /// <summary>The stronger of the two sums, with sign; and learns the sums' usual size.</summary>
    public (double Sigmas, int Window) Test(int week)
    {
        var (one, sameOne) = Sum(week);
        var (two, sameTwo) = Sum(Math.Min(Longest, 2 * week));
        var (first, second) = (one / Math.Max(WeekSize, 0.8), two / Math.Max(FortnightSize, 0.8));
        if (Count > Longest)
            Learn(one, two);
        if (sameOne < SameSide)
            first = 0;
        if (sameTwo < SameSide)
            second = 0;
        return Math.Abs(first) >= Math.Abs(second) ? (first, week) : (second, Math.Min(Longest, 2 * week));
    }

    private (double Standardised, double SameSide) Sum(int window)
    {
        if (Count < window)
            return (0, 0);
        var before = Levels[(Count - window) % Longest];
        var (sum, variance, up, down) = (0.0, 0.0, 0, 0);
        for (var i = Count - window; i < Count; i++)
        {
            var at = i % Longest;
            var deviation = Math.Sqrt(Variances[at]);
            var error = Math.Clamp(Errors[at] + Levels[at] - before, -Clip * deviation, Clip * deviation);
            sum += Weights[at] * error;
            variance += Weights[at] * Weights[at] * Variances[at];
            (up, down) = (up + (error > 0.25 * deviation ? 1 : 0), down + (error < -0.25 * deviation ? 1 : 0));
        }
        return (sum / Math.Sqrt(variance), (sum > 0 ? up : down) / (double)window);
    }

    private void Learn(double one, double two)
    {
        var rate = Math.Max(1.0 / Count, Slowest);
        WeekSize += rate * (Math.Min(Math.Abs(one), 3 * WeekSize) / 0.797 - WeekSize);
        FortnightSize += rate * (Math.Min(Math.Abs(two), 3 * FortnightSize) / 0.797 - FortnightSize);
    }
}
