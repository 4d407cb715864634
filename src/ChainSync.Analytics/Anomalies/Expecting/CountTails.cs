using MathNet.Numerics;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>Tails of the negative binomial (of the Poisson as its limit), and surprise in standard deviations.</summary>
internal static class CountTails
{
    /// <summary>Below this probability two surprises are not told apart.</summary>
    private const double Smallest = 1e-300;

    /// <summary>P(Y ≤ count).</summary>
    /// <param name="count">≥ 0.</param>
    /// <param name="mean">&gt; 0.</param>
    /// <param name="excess">Variance is mean + excess · mean²; &gt; 0.</param>
    public static double AtMost(double count, double mean, double excess)
    {
        var size = 1 / excess;
        return SpecialFunctions.BetaRegularized(size, Math.Floor(count) + 1, size / (size + mean));
    }

    /// <summary>P(Y ≥ count).</summary>
    public static double AtLeast(double count, double mean, double excess)
    {
        if (count <= 0)
            return 1;
        var size = 1 / excess;
        return SpecialFunctions.BetaRegularized(Math.Ceiling(count), size, mean / (size + mean));
    }

    /// <summary>P(Y = 0).</summary>
    public static double None(double mean, double excess) => Math.Exp(-Math.Log(1 + excess * mean) / excess);

    /// <summary>The deviation that a normal variable exceeds with the given probability; 0 for one half and more.</summary>
    public static double Sigmas(double probability) =>
        probability >= 0.5 ? 0 : Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * Math.Max(probability, Smallest));

    /// <summary>
    /// By how much the logarithm of the mean moves when a count is seen: the mode of its normal prior times the likelihood.
    /// </summary>
    /// <param name="mean">Before; &gt; 0.</param>
    /// <param name="excess">Variance is mean + excess · mean².</param>
    /// <param name="count">Seen.</param>
    /// <param name="prior">Variance of the logarithm before, times the weight of what was seen.</param>
    public static double Step(double mean, double excess, double count, double prior)
    {
        var (low, high) = count >= mean ? (0.0, Math.Log(count / mean)) : (-prior * mean / (1 + excess * mean), 0.0);
        var step = (low + high) / 2;
        for (var i = 0; i < 30 && high - low > 1e-9; i++)
        {
            var moved = mean * Math.Exp(step);
            var above = step - prior * (count - moved) / (1 + excess * moved);
            (low, high) = above > 0 ? (low, step) : (step, high);
            var slope = 1 + prior * moved * (1 + excess * count) / Math.Pow(1 + excess * moved, 2);
            var newton = step - above / slope;
            step = newton > low && newton < high ? newton : (low + high) / 2;
        }
        return step;
    }
}
