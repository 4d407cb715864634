using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>
/// Has the level moved? Sums the errors of the last one and two weeks against the level as it was before them, in units of the sums' own
/// usual size (errors of neighbouring days are alike, so sums vary more than independent errors would). Each error is clipped, so one
/// spike is no level.
/// </summary>
internal sealed class ShiftTest
{
    /// <summary>Deviations to which a single error counts.</summary>
    private const double Clip = 3;

    /// <summary>Independent errors would make it 1; below this it is chance.</summary>
    private const double FloorSize = 0.8;

    private const double Slowest = 0.005;

    /// <summary>Sums count at most so many times their usual size towards it: a new level must not widen its own bar.</summary>
    private const double SizeClip = 1.5;

    /// <summary>Smoothing of the usual level: some months.</summary>
    private const double UsualRate = 0.01;

    /// <summary>Share of a move that must lead away from the usual level: the way back to it is no news.</summary>
    private const double Away = 0.75;

    /// <summary>Mean of the absolute value of a standard normal variable that is clipped there.</summary>
    private const double MeanClipped = 0.7393;

    /// <summary>Periods of the short sum: a day of hours, a week of days, four weeks.</summary>
    public required int Week { get; init; }

    /// <summary>Rings of the newest two <see cref="Week"/>s.</summary>
    public required double[] Errors { get; init; }

    public required double[] Weights { get; init; }

    public required double[] Variances { get; init; }

    public required double[] Levels { get; init; }

    public double[] Seen { get; init; } = [];

    public double[] Expected { get; init; } = [];

    public double[] Prices { get; init; } = [];

    public int Count { get; set; }

    /// <summary>Usual size of the standardised weekly and two-weekly sums.</summary>
    public double WeekSize { get; set; } = 1;

    public double FortnightSize { get; set; } = 1;

    public static ShiftTest Start(Grain grain)
    {
        var week = grain switch { Grain.Hourly => 24, Grain.Daily => 7, _ => 4 };
        double[] Ring() => new double[2 * week];
        return new ShiftTest { Week = week, Errors = Ring(), Weights = Ring(), Variances = Ring(), Levels = Ring(), Seen = Ring(), Expected = Ring(), Prices = Ring() };
    }

    /// <summary>Periods in a row whose sum lay beyond the threshold on one side, with its sign.</summary>
    public int InARow { get; set; }

    /// <summary>Counts the periods in a row beyond the threshold.</summary>
    public int Confirm(double sigmas, double threshold)
    {
        var side = Math.Abs(sigmas) < threshold ? 0 : Math.Sign(sigmas);
        InARow = side == 0 ? 0 : side == Math.Sign(InARow) ? InARow + side : side;
        return Math.Abs(InARow);
    }

    /// <summary>The new level is the normal one: older errors no longer count.</summary>
    public void Forget() => Count = 0;

    /// <summary>Smoothed level of the last months; NaN before the first period.</summary>
    public double Usual { get; set; } = double.NaN;

    public void Add(SeriesModel model, in Outlook outlook, double value, double price)
    {
        Usual = double.IsNaN(Usual) ? outlook.Level : Usual + Math.Max(1.0 / (Count + 1), UsualRate) * (outlook.Level - Usual);
        var error = model.Error(outlook, value);
        var variance = model.NoiseVariance(outlook, error) + outlook.Uncertainty;
        var at = Count++ % Errors.Length;
        (Errors[at], Variances[at], Levels[at]) = (error, variance, outlook.Level);
        (Seen[at], Expected[at], Prices[at]) = (value, outlook.Expected, price);
        Weights[at] = model.Family == ValueFamily.Count ? outlook.Expected : 1;
    }

    /// <summary>The stronger of the two sums, with sign, 0 when it leads back to the usual level; and learns the sums' usual size.</summary>
    public double Test(bool relative)
    {
        var (one, two) = (Sum(Week), Sum(2 * Week));
        var (first, second) = (one.Sigmas / Math.Max(WeekSize, FloorSize), two.Sigmas / Math.Max(FortnightSize, FloorSize));
        if (Count > 2 * Week)
            Learn(one.Sigmas, two.Sigmas);
        var (sigmas, sum) = Math.Abs(first) >= Math.Abs(second) ? (first, one) : (second, two);
        var move = relative ? Math.Log(Math.Max(1 + sum.Move, 0.01)) : sum.Move;
        return Math.Sign(sigmas) * (sum.Before + move - Usual) >= Away * Math.Abs(move) ? sigmas : 0;
    }

    /// <summary>Periods since the level moved, where a change is most likely (Hinkley 1970); 1 … two <see cref="Week"/>s.</summary>
    public int Onset()
    {
        var window = Math.Min(Count, Errors.Length);
        var before = Levels[(Count - window) % Errors.Length];
        var (sum, variance, best, onset) = (0.0, 0.0, 0.0, 1);
        for (var back = 1; back <= window; back++)
        {
            var at = (Count - back) % Errors.Length;
            sum += Weights[at] * (Errors[at] + Levels[at] - before);
            variance += Weights[at] * Weights[at] * Variances[at];
            if (sum * sum / variance > best)
                (best, onset) = (sum * sum / variance, back);
        }
        return onset;
    }

    /// <summary>Level that many periods ago.</summary>
    public double LevelBefore(int periods) => Levels[(Count - Math.Min(periods, Errors.Length)) % Errors.Length];

    /// <summary>The newest periods together against what the level before them led to expect, with the band that the sum had to leave.</summary>
    public Figures FiguresOf(SeriesModel model, int periods, double threshold)
    {
        var before = LevelBefore(periods);
        var (expected, seen, lost, variance, weights) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = Count - periods; i < Count; i++)
        {
            var at = i % Errors.Length;
            var usual = model.Moved(Expected[at], before - Levels[at]);
            expected += usual;
            seen += Seen[at];
            lost += (Seen[at] - usual) * Prices[at];
            variance += Weights[at] * Weights[at] * Variances[at];
            weights += Weights[at];
        }
        var size = Math.Max(periods > Week ? FortnightSize : WeekSize, FloorSize);
        var margin = threshold * size * Math.Sqrt(variance) / weights;
        double End(double error) => periods * model.With(expected / periods, error);
        return Figures.Of(periods, expected, seen, End(-margin), End(margin), lost, model.Noise.Linear);
    }

    /// <summary>
    /// Sum of the newest errors in standard deviations of independent ones, 0 when there are too few; the level before them, and by how
    /// much it moved on average.
    /// </summary>
    private (double Sigmas, double Before, double Move) Sum(int window)
    {
        if (Count < window)
            return default;
        var before = Levels[(Count - window) % Errors.Length];
        var (sum, variance, weights) = (0.0, 0.0, 0.0);
        for (var i = Count - window; i < Count; i++)
        {
            var at = i % Errors.Length;
            var deviation = Math.Sqrt(Variances[at]);
            var error = Math.Clamp(Errors[at] + Levels[at] - before, -Clip * deviation, Clip * deviation);
            sum += Weights[at] * error;
            variance += Weights[at] * Weights[at] * Variances[at];
            weights += Weights[at];
        }
        return (sum / Math.Sqrt(variance), before, sum / weights);
    }

    private void Learn(double one, double two)
    {
        var rate = Math.Max(1.0 / (Count + 1), Slowest);
        WeekSize += rate * (Math.Min(Math.Abs(one), SizeClip * WeekSize) / MeanClipped - WeekSize);
        FortnightSize += rate * (Math.Min(Math.Abs(two), SizeClip * FortnightSize) / MeanClipped - FortnightSize);
    }
}
