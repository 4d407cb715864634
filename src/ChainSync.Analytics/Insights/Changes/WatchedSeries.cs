using ChainSync.Analytics.Insights.Promotions;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights.Changes;

/// <summary>A daily series to watch.</summary>
/// <param name="Series">Ends yesterday; its id is the subject of claims.</param>
/// <param name="Name">Name for a person.</param>
/// <param name="MinorPerUnit">What one unit of the series is worth, minor units; &gt; 0 (1 when the series is revenue in minor units).</param>
public sealed record WatchedSeries(TimeSeries Series, string Name, double MinorPerUnit)
{
    /// <summary>True when the values are money in minor units, for the words.</summary>
    public bool IsMoney { get; init; }

    /// <summary>Promotions of this series whose effect is wanted.</summary>
    public IReadOnlyList<PromotionTerms> Promotions { get; init; } = [];
}
