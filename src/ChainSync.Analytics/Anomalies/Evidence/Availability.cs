namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>
/// Was the product to be had at all? A hidden state of two: on sale, when zeros are as probable as the model says, and off, when there
/// is nothing but zeros. Filtered forwards (Hamilton 1989); how often a series goes off and how long it stays is learned from its own
/// past. Zeros of a product that was off teach nothing about its demand.
/// </summary>
internal sealed class Availability
{
    private const double Memory = 0.998;

    /// <summary>Days on sale, and of them days on which it went off, assumed before any was seen.</summary>
    private const double PriorOn = 250;

    private const double PriorLeaving = 1;

    /// <summary>Days off, and of them days on which it came back, assumed before any was seen.</summary>
    private const double PriorOff = 7;

    private const double PriorReturning = 1;

    /// <summary>Probability that it was off in the newest period.</summary>
    public double Off { get; set; }

    /// <summary>Decayed sums of days in each state and of the ways out of it.</summary>
    public double OnDays { get; set; }

    public double Leaving { get; set; }

    public double OffDays { get; set; }

    public double Returning { get; set; }

    /// <summary>Share of the newest period that tells of demand, 0 … 1.</summary>
    public double On => 1 - Off;

    /// <summary>One period passes.</summary>
    /// <param name="zero">Nothing was sold.</param>
    /// <param name="chance">Probability of that, had the product been on sale.</param>
    public void Learn(bool zero, double chance)
    {
        var leaves = (Leaving + PriorLeaving) / (OnDays + PriorOn);
        var returns = (Returning + PriorReturning) / (OffDays + PriorOff);
        var likely = zero ? Math.Max(chance, 1e-12) : 1;
        var (stayedOff, left) = zero ? (Off * (1 - returns), On * leaves) : (0, 0);
        var (returned, stayedOn) = (Off * returns * likely, On * (1 - leaves) * likely);
        var total = stayedOff + left + returned + stayedOn;
        Leaving = Memory * Leaving + left / total;
        OnDays = Memory * OnDays + (left + stayedOn) / total;
        Returning = Memory * Returning + returned / total;
        OffDays = Memory * OffDays + (stayedOff + returned) / total;
        Off = (stayedOff + left) / total;
    }
}
