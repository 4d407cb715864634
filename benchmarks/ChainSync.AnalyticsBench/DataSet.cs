using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Series to forecast, with the way they are judged.</summary>
/// <param name="Name">Folder of the data.</param>
/// <param name="Panel">Series; <see cref="TimeSeries.Group"/> is the level.</param>
/// <param name="Plan">All origins, the first of which only teach weights and intervals.</param>
/// <param name="Scored">How many of the newest origins, at whole-horizon spacing, are scored.</param>
/// <param name="Horizons">Traded periods ahead at which accuracy is stated.</param>
/// <param name="Models">Names of the models that make sense here; all when empty.</param>
internal sealed record DataSet(
    string Name, IReadOnlyList<TimeSeries> Panel, BacktestPlan Plan, int Scored, IReadOnlyList<int> Horizons, IReadOnlySet<string> Models)
{
    /// <summary>Origins whose forecasts are scored: they do not overlap.</summary>
    public IReadOnlyList<int> ScoredOrigins =>
        [.. Plan.Origins.Reverse().Where(o => (o - Plan.Origins[^1]) % Plan.Horizon == 0).Take(Scored).Reverse()];
}
