using ChainSync.Analytics.Anomalies.Expecting;

namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>
/// How improbable is a run of periods without a sale? Without a stock series a shelf may have been empty before, so each further zero
/// is as probable as zeros after a zero have been in this series; with goods on the shelf each zero counts by its own count model.
/// </summary>
internal sealed class SilenceTest
{
    private const double Memory = 0.997;

    /// <summary>Runs, and their chance of going on, that are assumed before any was seen.</summary>
    private const double PriorRuns = 2;

    private const double PriorZero = 0.02;

    /// <summary>First zeros assumed as expected before any was seen.</summary>
    private const double PriorFirst = 1;

    /// <summary>Periods without a sale up to now.</summary>
    public int Run { get; set; }

    /// <summary>Surprise of the run.</summary>
    public double Sigmas { get; set; }

    /// <summary>Logarithm of the run's probability.</summary>
    public double LogProbability { get; set; }

    /// <summary>Zeros that followed a sale, and how many the model expected (decayed sums).</summary>
    public double Firsts { get; set; }

    public double FirstsExpected { get; set; }

    /// <summary>Zeros that followed a zero, and the chances there were (decayed sums).</summary>
    public double Repeats { get; set; }

    public double Chances { get; set; }

    public bool LastWasZero { get; set; }

    /// <summary>This silence has become normal: it is told again only after a sale.</summary>
    public bool Accepted { get; set; }

    public Availability Availability { get; init; } = new();

    public double Test(SeriesModel model, in Outlook outlook, double value, bool goodsKnown)
    {
        var own = Alone(model, outlook);
        if (value != 0)
            (Run, LogProbability, Accepted) = (0, 0, false);
        else
        {
            var probability = goodsKnown ? own : LastWasZero ? Again(own) : First(own);
            (Run, LogProbability) = (Run + 1, LogProbability + Math.Log(Math.Clamp(probability, 1e-12, 1)));
        }
        Learn(own, value == 0);
        Availability.Learn(value == 0, own);
        Sigmas = Run == 0 || Accepted ? 0 : CountTails.Sigmas(Math.Exp(Math.Max(LogProbability, -600)));
        return Sigmas;
    }

    /// <summary>Silence has become a level: the run starts anew.</summary>
    public void Forget() => (Run, LogProbability, Sigmas) = (0, 0, 0);

    /// <summary>Silence has become normal.</summary>
    public void Accept() => (Sigmas, Accepted) = (0, true);

    private double First(double own) => own * Math.Max(1, (Firsts + PriorFirst) / (FirstsExpected + PriorFirst));

    private double Again(double own) => Math.Max(own, (Repeats + PriorRuns * Math.Max(own, PriorZero)) / (Chances + PriorRuns));

    private void Learn(double own, bool zero)
    {
        var one = zero ? 1 : 0;
        if (LastWasZero)
            (Repeats, Chances) = (Memory * Repeats + one, Memory * Chances + 1);
        else
            (Firsts, FirstsExpected) = (Memory * Firsts + one, Memory * FirstsExpected + own);
        LastWasZero = zero;
    }

    private static double Alone(SeriesModel model, in Outlook outlook)
    {
        if (model.Family == ValueFamily.Count)
            return CountTails.None(outlook.Expected, model.Noise.Excess + outlook.Uncertainty);
        var surprise = Math.Max(-model.Surprise(outlook, 0), 0);
        return MathNet.Numerics.SpecialFunctions.Erfc(surprise / Math.Sqrt(2)) / 2;
    }
}
