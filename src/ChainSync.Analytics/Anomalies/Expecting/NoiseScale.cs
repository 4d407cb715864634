namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// Robust size of one-step errors, kept by exponential smoothing of clipped absolute errors: the two sides apart, because a shop's bad
/// days are worse than its good days are good.
/// </summary>
internal sealed class NoiseScale
{
    private const double Clip = 3;

    /// <summary>Mean absolute value of a standard normal variable, and what is left of it after clipping at three.</summary>
    private const double MeanAbsolute = 0.7970;

    private const double Slowest = 0.006;
    private const double LinearClip = 4;
    private const double LinearRate = 0.003;

    public double Up { get; set; } = 0.25;

    public double Down { get; set; } = 0.25;

    /// <summary>In the series' unit.</summary>
    public double Linear { get; set; } = double.NaN;

    /// <summary>Smoothed numerator and denominator of the excess variance of counts.</summary>
    public double ExcessSquares { get; set; } = 0.5;

    public double MeanSquares { get; set; } = 1;

    public double Seen { get; set; }

    public double Excess => Math.Clamp(ExcessSquares / MeanSquares, 0.02, 5);

    public double Variance(double error) => error >= 0 ? Up * Up : Down * Down;

    public void Learn(double error, double uncertainty)
    {
        var rate = Rate();
        var side = error >= 0 ? Up : Down;
        var known = Math.Sqrt(side * side / (side * side + uncertainty));
        var size = Math.Min(Math.Abs(error) * known, Clip * side) / MeanAbsolute;
        if (error >= 0)
            Up = Math.Max(Up + 2 * rate * (size - Up), 1e-6);
        else
            Down = Math.Max(Down + 2 * rate * (size - Down), 1e-6);
    }

    public void LearnCount(double value, double mean, double uncertainty)
    {
        var rate = Rate();
        var variance = mean + (Excess + uncertainty) * mean * mean;
        var square = Math.Min((value - mean) * (value - mean), 9 * variance);
        ExcessSquares += rate * (square - mean - uncertainty * mean * mean - ExcessSquares);
        MeanSquares += rate * (mean * mean - MeanSquares);
    }

    public void LearnLinear(double error)
    {
        var size = Math.Abs(error) / MeanAbsolute;
        if (double.IsNaN(Linear))
            Linear = size;
        else
            Linear += Math.Max(Rate(), LinearRate) * (Math.Min(size, LinearClip * Linear + 1e-9) - Linear);
        Seen++;
    }

    private double Rate() => Math.Max(1 / (Seen + 8), Slowest);
}
