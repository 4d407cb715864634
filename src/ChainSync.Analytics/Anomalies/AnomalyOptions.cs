namespace ChainSync.Analytics.Anomalies;

/// <summary>
/// How sensitive a detector is. Both halves of the series of the injected set choose nearly these thresholds, with the false alarms of
/// untouched sales and events of our own as a check; docs/adr/0106 and 0112 say how, <c>benchmarks/results/anomalies.md</c> states each half with the other's choice.
/// </summary>
public sealed record AnomalyOptions
{
    /// <summary>Daily and weekly series of stores and departments, turnover, anything that sells dozens a period.</summary>
    public AnomalyThresholds Brisk { get; init; } = new(5, 3.5, 3.5);

    /// <summary>Daily and weekly series of products that sell less than fifty a period in whole pieces.</summary>
    public AnomalyThresholds Slow { get; init; } = new(3.25, 3.25, 2.75);

    /// <summary>Hourly series. A level is a matter of days: ask it of the daily sums.</summary>
    public AnomalyThresholds Hourly { get; init; } = new(5.5, double.PositiveInfinity, 5.5);

    /// <summary>Most alerts a series may open in any 30 days; ≥ 1.</summary>
    public int MostPerMonth { get; init; } = 4;

    /// <summary>
    /// By how much of the threshold the bar rises with each alert of the last 30 days, ≥ 0: what is left of the month's alerts goes to
    /// the strongest. Causal: an alert once given is never taken back. Missing and repeated periods are facts and pass any bar.
    /// </summary>
    public double BarRise { get; init; } = 0.15;

    /// <summary>
    /// Loss (major units of money) that by itself makes an alert half as severe as can be; NaN when not stated, and cost is then
    /// measured in periods of the series' own usual trade.
    /// </summary>
    public double MaterialMoney { get; init; } = double.NaN;
}
