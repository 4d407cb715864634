namespace ChainSync.Analytics.Anomalies;

/// <summary>
/// One thing for a person to look at: flagged periods of one series, merged over gaps of one open period. Later points may extend it;
/// <see cref="Number"/> stays, so a newer copy replaces the older one.
/// </summary>
public sealed record Alert
{
    /// <summary>Series it belongs to.</summary>
    public required string SeriesId { get; init; }

    /// <summary>1, 2, 3 … in the series.</summary>
    public required int Number { get; init; }

    /// <summary>What went wrong; a drop that lasts becomes a lower level.</summary>
    public required AnomalyKind Kind { get; init; }

    /// <summary>Local start of the first period concerned; for a level it lies before <see cref="Raised"/>.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Local start of the period that raised the alert.</summary>
    public required DateTime Raised { get; init; }

    /// <summary>Local start of the newest flagged period.</summary>
    public required DateTime Through { get; init; }

    /// <summary>Periods the figures are about, ≥ 1: the flagged ones; of a level, all since it began.</summary>
    public required int Periods { get; init; }

    /// <summary>Mean expectation over these periods, in the series' unit; of a level, as the level before it led to expect.</summary>
    public required double Expected { get; init; }

    /// <summary>Mean of what was seen; 0 for missing periods, which <see cref="Kind"/> tells from true zeros.</summary>
    public required double Seen { get; init; }

    /// <summary>Mean lower end of the band that would not have raised an alert, for a level that of its sum; ≥ 0 for sales.</summary>
    public required double Lower { get; init; }

    /// <summary>Mean upper end of that band.</summary>
    public required double Upper { get; init; }

    /// <summary>Largest surprise so far, in standard deviations of the test that saw it.</summary>
    public required double Sigmas { get; init; }

    /// <summary>Mean distance of seen from expected in the series' usual day-to-day errors, ≥ 0.</summary>
    public required double Distance { get; init; }

    /// <summary>
    /// Sum of |seen − expected| times the price of its period, of a level |the sum of seen − expected| so, in money (major units); NaN
    /// when no price was given.
    /// </summary>
    public required double MoneyAtStake { get; init; }

    /// <summary>0 … 100, rising with <see cref="Distance"/> and with the cost; the largest so far, so it never falls while an alert lasts.</summary>
    public required double Severity { get; init; }

    /// <summary>One sentence for a person: what, since when, seen, expected, band, cost.</summary>
    public required string Explanation { get; init; }
}
