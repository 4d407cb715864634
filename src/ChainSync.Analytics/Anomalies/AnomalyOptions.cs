namespace ChainSync.Analytics.Anomalies;

/// <summary>
/// How sensitive a detector is. The defaults were chosen on half of the series of the injected set and are stated, with the other half's
/// figures, in docs/adr/0106 and <c>benchmarks/results/anomalies.md</c>.
/// </summary>
public sealed record AnomalyOptions
{
    /// <summary>Surprise, in standard deviations, at which a single period of a brisk series is an alert.</summary>
    public double PointSigmas { get; init; } = 5;

    /// <summary>Surprise at which the sum of a week or two of a brisk series is a new level.</summary>
    public double ShiftSigmas { get; init; } = 4;

    /// <summary>The same for a single period of a slow series, where the surprise is that of a count's tail.</summary>
    public double CountPointSigmas { get; init; } = 5;

    /// <summary>The same for the weekly sums of a slow series.</summary>
    public double CountShiftSigmas { get; init; } = 4.5;

    /// <summary>Surprise, in standard deviations, at which a run of periods without a sale is an outage.</summary>
    public double OutageSigmas { get; init; } = 4;

    /// <summary>Most alerts a series may open in any 30 days.</summary>
    public int MostPerMonth { get; init; } = 4;

    /// <summary>
    /// How the bar rises with each alert of the last 30 days, as a share of the threshold: what is left of the month's alerts goes to
    /// the strongest. Causal: an alert once given is never taken back.
    /// </summary>
    public double BarRise { get; init; } = 0.15;

    /// <summary>
    /// Money (major units) whose loss alone makes an alert serious; NaN when not stated, and cost is then measured in days of the
    /// series' own usual trade.
    /// </summary>
    public double MaterialMoney { get; init; } = double.NaN;
}
