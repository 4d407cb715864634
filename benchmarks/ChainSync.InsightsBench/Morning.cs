using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Insights;

namespace ChainSync.InsightsBench;

/// <summary>What a store knows on one morning, with the replays behind its demand distribution, so that claims can be computed again.</summary>
internal sealed record Morning(InsightInput Input, IReadOnlyList<Replay> Replays);
