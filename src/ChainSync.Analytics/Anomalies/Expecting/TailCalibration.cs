namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// How heavy the tails of a series really are. Surprises beyond two deviations are counted and their mean excess is kept, on each side
/// apart; an exponential tail through both (peaks over threshold, Pickands 1975, shape 0) turns a surprise into a probability and that
/// into deviations of a normal variable. A series with bulk buyers so has a higher bar than one without.
/// </summary>
internal sealed class TailCalibration
{
    private const double From = 2;
    private const double Memory = 0.9985;
    private const double NormalRate = 0.02275;
    private const double NormalExcess = 0.373;

    /// <summary>Exceedances that a normal tail is worth before any were seen.</summary>
    private const double Prior = 5;

    private const double Clip = 3;

    public double Seen { get; set; }

    public double UpBeyond { get; set; }

    public double UpExcess { get; set; }

    public double DownBeyond { get; set; }

    public double DownExcess { get; set; }

    /// <summary>The surprise, with sign, as a normal variable would have it; never larger than given.</summary>
    public double Calibrate(double surprise)
    {
        var size = Math.Abs(surprise);
        if (size <= From)
            return surprise;
        var (beyond, excess) = surprise > 0 ? (UpBeyond, UpExcess) : (DownBeyond, DownExcess);
        var rate = (beyond + Prior) / (Seen + Prior / NormalRate);
        var mean = (excess + Prior * NormalExcess) / (beyond + Prior);
        var probability = Math.Min(rate * Math.Exp(-(size - From) / mean), 0.5);
        return Math.Sign(surprise) * Math.Min(size, CountTails.Sigmas(probability));
    }

    public void Learn(double surprise)
    {
        Seen = Memory * Seen + 1;
        UpBeyond *= Memory;
        UpExcess *= Memory;
        DownBeyond *= Memory;
        DownExcess *= Memory;
        var excess = Math.Min(Math.Abs(surprise) - From, Clip);
        if (excess <= 0)
            return;
        if (surprise > 0)
            (UpBeyond, UpExcess) = (UpBeyond + 1, UpExcess + excess);
        else
            (DownBeyond, DownExcess) = (DownBeyond + 1, DownExcess + excess);
    }
}
