using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Series to forecast, with the way they are judged.</summary>
/// <param name="Name">Folder of the data.</param>
/// <param name="Panel">Series; <see cref="TimeSeries.Group"/> is the level.</param>
/// <param name="Plan">All origins, the first of which only teach weights and intervals.</param>
/// <param name="Scored">How many of the newest origins, at whole-horizon spacing, are scored.</param>
/// <param name="Horizons">Traded periods ahead at which accuracy is stated.</param>
internal sealed record DataSet(string Name, IReadOnlyList<TimeSeries> Panel, BacktestPlan Plan, int Scored, IReadOnlyList<int> Horizons)
{
    private const int EndedForBands = 5;
    private const int MostWhenQuick = 60;

    /// <summary>Models that make sense here; all when empty.</summary>
    public IReadOnlySet<string> Models { get; init; } = new HashSet<string>();

    /// <summary>What R is asked, which takes seconds per series and origin: series per level, and newest scored origins.</summary>
    public (int Series, int Origins) Peers { get; init; } = (5, 2);

    /// <summary>Series left out because they have no value.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>True for the cheaper run of <see cref="Quickened"/>.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Levels in the panel's order.</summary>
    public IReadOnlyList<string> Groups => [.. Panel.Select(s => s.Group).Distinct(StringComparer.Ordinal)];

    /// <summary>Origins whose forecasts are scored: they do not overlap.</summary>
    public IReadOnlyList<int> ScoredOrigins =>
        [.. Plan.Origins.Reverse().Where(o => (o - Plan.Origins[^1]) % Plan.Horizon == 0).Take(Scored).Reverse()];

    /// <summary>
    /// Origins whose bands are scored: all that have some ended ones to learn from, or as many as the newest has. They may overlap; where
    /// errors come by the month, whether bands hold takes as many months as there are.
    /// </summary>
    public IReadOnlyList<int> BandedOrigins
    {
        get
        {
            int Ended(int origin) => Plan.Origins.Count(o => o >= origin + Plan.Horizon);
            var least = Math.Min(EndedForBands, Ended(Plan.Origins[^1]));
            return [.. Plan.Origins.Where(o => Ended(o) >= least)];
        }
    }

    /// <summary>
    /// A cheaper run of the same kind: at most sixty series of a level, every second origin of those that teach, no network, two series for R.
    /// </summary>
    public DataSet Quickened() => this with
    {
        IsQuick = true,
        Panel = Drawn(MostWhenQuick),
        Plan = Plan with { Origins = [.. Plan.Origins.Where((o, i) => (Plan.Origins.Count - 1 - i) % 2 == 0 || ScoredOrigins.Contains(o))] },
        Models = Models.Count > 0 ? Models.Where(m => m != ModelNames.Lstm).ToHashSet(StringComparer.Ordinal)
            : ForecastModels.Singles.Select(m => m.Name).Where(m => m != ModelNames.Lstm).ToHashSet(StringComparer.Ordinal),
        Peers = (Math.Min(2, Peers.Series), 1),
    };

    /// <summary>The same with those origins before which half of the series have history as long as a forecast; null when there is none.</summary>
    public DataSet? WithHistory()
    {
        int[] origins = [.. Plan.Origins.Where(o => 2 * Panel.Count(s => s.Count - o >= Plan.Horizon) >= Panel.Count)];
        return Panel.Count == 0 || origins.Length == 0 ? null : this with { Plan = Plan with { Origins = origins } };
    }

    /// <summary>The models replayed here, of those asked for (all when null).</summary>
    public IReadOnlyList<IForecastModel> ModelsOf(IReadOnlySet<string>? asked) =>
        [.. ForecastModels.Singles.Where(m => (asked?.Contains(m.Name) ?? true) && (Models.Count == 0 || Models.Contains(m.Name)))];

    /// <summary>The network is trained rarely, as in production; its inputs are always fresh.</summary>
    public BacktestPlan PlanFor(IForecastModel model) => model.Name == ModelNames.Lstm ? Plan with { RefitEvery = 6 } : Plan;

    /// <summary>The part of the set that R forecasts: some series of each level, at the newest origins.</summary>
    public DataSet ForPeers() => this with { Panel = Drawn(Peers.Series), Scored = Math.Min(Scored, Peers.Origins) };

    /// <summary>At most so many series of each level, drawn by a fixed seed: a smaller draw is part of a larger one.</summary>
    private IReadOnlyList<TimeSeries> Drawn(int perLevel)
    {
        var drawn = Panel.GroupBy(s => s.Group, StringComparer.Ordinal).SelectMany(level =>
        {
            var (random, members) = (new Random(20261), level.ToArray());
            random.Shuffle(members);
            return members.Take(perLevel);
        }).ToHashSet();
        return [.. Panel.Where(drawn.Contains)];
    }
}
