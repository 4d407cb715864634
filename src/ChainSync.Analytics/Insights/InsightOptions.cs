namespace ChainSync.Analytics.Insights;

/// <summary>Thresholds; the defaults suit a shop with weekly rhythm. Shares are 0 … 1.</summary>
public sealed record InsightOptions
{
    /// <summary>Share of order cycles to pass without running out, where a product states none; (0, 1). Default 0.95.</summary>
    public double ServiceLevel { get; init; } = 0.95;

    /// <summary>Share of outcomes that the band of a stock-out date and of expected customers holds; (0, 1). Default 0.80.</summary>
    public double BandLevel { get; init; } = 0.80;

    /// <summary>Stake, as a share of the store's revenue of the same days, from which an insight is material. Default 0.01.</summary>
    public double MaterialShare { get; init; } = 0.01;

    /// <summary>Effect in standard deviations from which a smaller stake is material too. Default 2.</summary>
    public double MaterialSigmas { get; init; } = 2;

    /// <summary>Stake below which nothing is said, however sure, as a share of revenue. Default 0.0005.</summary>
    public double LeastShare { get; init; } = 0.0005;

    /// <summary>Days in which an unchanged insight is not repeated; ≥ 0. Default 7.</summary>
    public int QuietDays { get; init; } = 7;

    /// <summary>Most insights in an answer; ≥ 1. Default 50.</summary>
    public int MostInsights { get; init; } = 50;

    /// <summary>Most insights of one kind in an answer; ≥ 1. Default 10.</summary>
    public int MostPerKind { get; init; } = 10;

    /// <summary>
    /// Bound on the probability that a run makes any false claim of one tested kind (trend, season, promotion, price change, basket
    /// pair), all its subjects together (Bonferroni); (0, 1). Default 0.05.
    /// </summary>
    public double FalseAlarmRate { get; init; } = 0.05;

    /// <summary>Traded days with goods and without a sale that make stock dead; ≥ 1. Default 60.</summary>
    public int DeadDays { get; init; } = 60;

    /// <summary>Days of cover above which stock is slow; ≥ 1. Default 120.</summary>
    public int SlowCoverDays { get; init; } = 120;

    /// <summary>Relative distance from all prices of the past year that is out of line; &gt; 0. Default 0.25.</summary>
    public double PriceJump { get; init; } = 0.25;

    /// <summary>Relative distance from the median of the other stores that is out of line; &gt; 0. Default 0.15.</summary>
    public double PriceGap { get; init; } = 0.15;

    /// <summary>Fewest baskets with both products; ≥ 2. Default 20.</summary>
    public int FewestPairs { get; init; } = 20;

    /// <summary>Least lift of a pair; ≥ 1. Default 2.</summary>
    public double LeastLift { get; init; } = 2;

    /// <summary>Products whose pairs are counted, the most frequent first; 2 … 5,000. Default 2,000.</summary>
    public int MostPairedProducts { get; init; } = 2000;

    /// <summary>Baskets of more products (wholesale orders, corrections) are left out of pairs; ≥ 2. Default 100.</summary>
    public int LargestBasket { get; init; } = 100;
}
