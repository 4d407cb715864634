using ChainSync.Analytics.Anomalies.Expecting;

namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>
/// How improbable is a run of periods without a sale? Without a stock series a shelf may have been empty before, so each further zero
/// is as probable as zeros after a zero have been in this series; with goods on the shelf each zero counts by its own count model.
/// </summary>
internal sealed class SilenceTest
{
    private const double Rate = 0.01;

    /// <summary>Periods without a sale up to now.</summary>
    public int Run { get; set; }

    /// <summary>Logarithm of the run's probability.</summary>
    public double LogProbability { get; set; }

    /// <summary>How often a zero follows a zero, and how often the model would have it so.</summary>
    public double ZeroAfterZero { get; set; } = 0.1;

    public bool LastWasZero { get; set; }

    public double Test(SeriesModel model, in Outlook outlook, double value, bool goodsKnown)
    {
        if (value != 0)
            (Run, LogProbability) = (0, 0);
        else
        {
            var own = Alone(model, outlook);
            var probability = Run > 0 && !goodsKnown ? Math.Max(own, ZeroAfterZero) : own;
            (Run, LogProbability) = (Run + 1, LogProbability + Math.Log(Math.Max(probability, 1e-12)));
        }
        if (LastWasZero)
            ZeroAfterZero += Rate * ((value == 0 ? 1 : 0) - ZeroAfterZero);
        LastWasZero = value == 0;
        return Run == 0 ? 0 : CountTails.Sigmas(Math.Exp(Math.Max(LogProbability, -600)));
    }

    private static double Alone(SeriesModel model, in Outlook outlook)
    {
        if (model.Family == ValueFamily.Count)
            return CountTails.None(outlook.Expected, model.Noise.Excess + outlook.Uncertainty);
        var surprise = Math.Max(-model.Surprise(outlook, 0), 0);
        return MathNet.Numerics.SpecialFunctions.Erfc(surprise / Math.Sqrt(2)) / 2;
    }
}
