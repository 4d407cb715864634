using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// The causal expectation of one series: regression on level and calendar, effects of named days, and the size of errors. Learns each
/// period once, the less the more surprising it is, and keeps no history.
/// </summary>
internal sealed class SeriesModel
{
    /// <summary>Share of an ordinary error that moves the level for good.</summary>
    private const double LevelGain = 0.06;

    /// <summary>The same for counts, whose level is seen through more noise and moves more.</summary>
    private const double SlowLevelGain = 0.1;

    /// <summary>The same for an effect of the calendar.</summary>
    private const double EffectGain = 0.01;

    /// <summary>Mean of the first weeks below which whole numbers are counts: zeros and single customers matter.</summary>
    private const double CountLimit = 50;

    /// <summary>Surprise up to which an error is learned from in full …</summary>
    private const double Trusted = 2;

    /// <summary>… and beyond which hardly at all.</summary>
    private const double Distrusted = 5;

    /// <summary>Share of demand below which a period teaches nothing.</summary>
    private const double Negligible = 0.01;

    public required ValueFamily Family { get; init; }

    /// <summary>Added before the logarithm (brisk), or size of one unit (plain).</summary>
    public required double Unit { get; init; }

    /// <summary>Middle of the plain scale.</summary>
    public required double Origin { get; init; }

    public required RegressionFilter Filter { get; init; }

    public HolidayEffects Holidays { get; init; } = new();

    public NumberScales Numbers { get; init; } = new();

    public NoiseScale Noise { get; init; } = new();

    /// <summary>Used by counts alone: on brisk series it gained nothing (ADR 0106).</summary>
    public TailCalibration Tails { get; init; } = new();

    /// <summary>Chooses the scale by the first weeks.</summary>
    public static SeriesModel Choose(ReadOnlySpan<double> first, CalendarRow calendar)
    {
        var mean = Statistics.Mean(first);
        var (whole, negative) = (true, false);
        foreach (var value in first)
            if (!double.IsNaN(value))
                (whole, negative) = (whole && value == Math.Floor(value), negative || value < 0);
        var family = negative || mean <= 0 ? ValueFamily.Plain
            : whole && mean < CountLimit ? ValueFamily.Count
            : ValueFamily.Brisk;
        var median = Statistics.Median(first);
        var model = new SeriesModel
        {
            Family = family,
            Unit = family == ValueFamily.Plain ? Spread(first, median) : Math.Max(whole ? 1 : 0, 0.02 * mean),
            Origin = family == ValueFamily.Plain ? median : 0,
            Filter = RegressionFilter.Start(calendar.Priors),
        };
        model.Filter.Effects[0] = family == ValueFamily.Count ? Math.Log(Math.Max(mean, 0.05)) : model.Scaled(median);
        model.Filter.Covariance[0] = 0.25;
        return model;
    }

    /// <summary>The same model with another filter.</summary>
    public SeriesModel With(RegressionFilter filter) => new()
    {
        Family = Family,
        Unit = Unit,
        Origin = Origin,
        Filter = filter,
        Holidays = Holidays,
        Numbers = Numbers,
        Noise = Noise,
        Tails = Tails,
    };

    public Outlook Expect(CalendarRow calendar, int index, Span<double> row, Span<double> spread)
    {
        calendar.Fill(index, Numbers, row);
        var (mean, variance) = Filter.Predict(row, spread);
        var (effect, unsure) = Holidays.On(calendar.Holidays, index);
        return new Outlook(mean + effect, variance + unsure, unsure, Unscaled(mean + effect), Filter.Level);
    }

    /// <summary>Error on the model's scale.</summary>
    public double Error(in Outlook outlook, double value) =>
        Family == ValueFamily.Count ? (value - outlook.Expected) / outlook.Expected : Scaled(value) - outlook.Mean;

    /// <summary>Variance of an error of that sign, uncertainty aside.</summary>
    public double NoiseVariance(in Outlook outlook, double error) =>
        Family == ValueFamily.Count ? 1 / outlook.Expected + Noise.Excess : Noise.Variance(error);

    /// <summary>
    /// Surprise in standard deviations, with sign. That of a count is its tail's, corrected for how heavy this series' tails are.
    /// </summary>
    public double Surprise(in Outlook outlook, double value)
    {
        var surprise = Uncorrected(outlook, value);
        return Family == ValueFamily.Count ? Tails.Calibrate(surprise) : surprise;
    }

    private double Uncorrected(in Outlook outlook, double value)
    {
        if (Family != ValueFamily.Count)
        {
            var error = Error(outlook, value);
            return error / Math.Sqrt(Noise.Variance(error) + outlook.Uncertainty);
        }
        var excess = Noise.Excess + outlook.Uncertainty;
        return value >= outlook.Expected
            ? CountTails.Sigmas(CountTails.AtLeast(value, outlook.Expected, excess))
            : -CountTails.Sigmas(CountTails.AtMost(value, outlook.Expected, excess));
    }

    /// <summary>The value that would surprise by so many deviations, with sign; of counts the outermost that surprises less.</summary>
    public double ValueAt(in Outlook outlook, double sigmas)
    {
        if (Family == ValueFamily.Count)
            return sigmas > 0 ? LargestBelow(outlook, sigmas) : SmallestAbove(outlook, sigmas);
        var value = Unscaled(outlook.Mean + sigmas * Math.Sqrt(Noise.Variance(sigmas) + outlook.Uncertainty));
        return Family == ValueFamily.Brisk ? Math.Max(0, value) : value;
    }

    /// <summary>
    /// Takes a period into account; <paramref name="demand"/> is the share of it that tells of demand, 0 … 1: little when the product was
    /// probably not to be had.
    /// </summary>
    public void Learn(CalendarRow calendar, int index, in Outlook outlook, double value, ReadOnlySpan<double> spread, double demand = 1)
    {
        if (demand > Negligible)
            Learn(calendar.Holidays, index, outlook, value, spread, demand);
        Numbers.Learn(calendar.Numbers, index);
    }

    private void Learn(IReadOnlyList<Covariate> holidays, int index, in Outlook outlook, double value, ReadOnlySpan<double> spread, double demand)
    {
        var error = Error(outlook, value);
        var noise = NoiseVariance(outlook, error);
        var total = noise + outlook.Uncertainty;
        var weight = demand * Trust(Math.Abs(error) / Math.Sqrt(total));
        if (outlook.Holiday > 0)
            Holidays.Learn(holidays, index, error, total);
        if (Family == ValueFamily.Count)
            LearnCount(outlook, value, spread, weight);
        else
            Filter.Learn(spread, error, noise / weight + outlook.Uncertainty);
        if (outlook.Holiday > 0)
            return;
        if (Family != ValueFamily.Count)
            Noise.Learn(error, outlook.Uncertainty);
        else if (demand > 0.5)
        {
            Tails.Learn(Uncorrected(outlook, value));
            Noise.LearnCount(value, outlook.Expected, outlook.Uncertainty);
        }
        Noise.LearnLinear(value - outlook.Expected);
    }

    /// <summary>How far an error of that surprise is believed.</summary>
    private static double Trust(double surprise) => surprise <= Trusted ? 1
        : surprise <= Distrusted ? Trusted / surprise
        : Trusted / surprise * Math.Pow(Distrusted / surprise, 2);

    /// <summary>
    /// The mode of the posterior on the line of <paramref name="spread"/>: far from the expectation a linear step of a logarithm would
    /// overshoot a hundredfold. Found by Newton's method between the expectation and the value, where it must lie.
    /// </summary>
    private void LearnCount(in Outlook outlook, double value, ReadOnlySpan<double> spread, double weight)
    {
        var own = outlook.Uncertainty - outlook.Holiday;
        var step = CountTails.Step(outlook.Expected, Noise.Excess, value, weight * own);
        var mean = outlook.Expected * Math.Exp(step);
        var variance = (1 / mean + Noise.Excess) / weight + own;
        Filter.Learn(spread, step * variance / own, variance);
    }

    /// <summary>One open period passes, seen or not.</summary>
    public void Drift(in Outlook outlook)
    {
        var (level, effect) = Wander(outlook);
        Filter.Drift(level, effect);
    }

    /// <summary>Variance by which level and effects may move in one open period.</summary>
    public (double Level, double Effect) Wander(in Outlook outlook)
    {
        var noise = Family == ValueFamily.Count ? 1 / Math.Max(outlook.Expected, 0.1) + Noise.Excess : Noise.Up * Noise.Down;
        var gain = Family == ValueFamily.Count ? SlowLevelGain : LevelGain;
        return (gain * gain * noise, EffectGain * EffectGain * noise);
    }

    /// <summary>An expectation as it would be if the level were so much higher, on the model's own scale.</summary>
    public double Moved(double expected, double by) => Family switch
    {
        ValueFamily.Brisk => Unscaled(Scaled(expected) + by),
        ValueFamily.Count => expected * Math.Exp(by),
        _ => expected + Unit * by,
    };

    /// <summary>An expectation and an error on the model's own scale: the value that has it.</summary>
    public double With(double expected, double error) => Family == ValueFamily.Count ? Math.Max(expected * (1 + error), 0) : Moved(expected, error);

    private double LargestBelow(in Outlook outlook, double sigmas)
    {
        var (inside, outside) = (Math.Floor(outlook.Expected), Math.Ceiling(outlook.Expected) + 1);
        while (Surprise(outlook, outside) < sigmas)
            (inside, outside) = (outside, 2 * outside);
        while (outside - inside > 1)
        {
            var middle = Math.Floor((inside + outside) / 2);
            (inside, outside) = Surprise(outlook, middle) < sigmas ? (middle, outside) : (inside, middle);
        }
        return inside;
    }

    private double SmallestAbove(in Outlook outlook, double sigmas)
    {
        var (outside, inside) = (-1.0, Math.Floor(outlook.Expected));
        while (inside - outside > 1)
        {
            var middle = Math.Floor((inside + outside) / 2);
            (outside, inside) = Surprise(outlook, middle) > sigmas ? (outside, middle) : (middle, inside);
        }
        return inside;
    }

    private double Scaled(double value) => Family switch
    {
        ValueFamily.Brisk => Math.Log(Math.Max(value, 0) + Unit),
        ValueFamily.Count => value,
        _ => (value - Origin) / Unit,
    };

    private double Unscaled(double scaled) => Family switch
    {
        ValueFamily.Brisk => Math.Max(Math.Exp(Math.Min(scaled, 600)) - Unit, 0),
        ValueFamily.Count => Math.Clamp(Math.Exp(scaled), 0.01, 1e6),
        _ => Origin + Unit * scaled,
    };

    private static double Spread(ReadOnlySpan<double> values, double median)
    {
        var distances = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            distances[i] = Math.Abs(values[i] - median);
        var spread = 1.4826 * Statistics.Median(distances);
        return spread > 0 ? spread : Math.Max(Math.Abs(median), 1) * 1e-3;
    }
}
