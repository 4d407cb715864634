using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>One row: a model, its figures at each horizon, and what a fit takes (NaN where that says nothing).</summary>
internal sealed record TableRow(string Model, IReadOnlyList<Accuracy> ByHorizon, double FitMilliseconds = double.NaN);

/// <summary>What R made of some splits, of those it was asked about, and what we made of the same.</summary>
internal sealed record PeerRows(int Splits, int Asked, TableRow Ours, IReadOnlyList<TableRow> Theirs);

/// <summary>The rows of one level of a set.</summary>
internal sealed class LevelTable(string level, int series)
{
    public string Level => level;

    public int Series => series;

    public List<TableRow> Rows { get; } = [];

    public PeerRows? Peers { get; set; }
}

/// <summary>The rows of one set, as far as they are known.</summary>
internal sealed class SetTables(DataSet set)
{
    public DataSet Set => set;

    /// <summary>False as long as models or the ensemble of them are to come.</summary>
    public bool IsWhole { get; set; }

    public IReadOnlyList<LevelTable> Levels { get; } = [.. set.Groups.Select(level => new LevelTable(level, set.Panel.Count(s => s.Group == level)))];

    /// <summary>Adds a model's row.</summary>
    /// <param name="level">Of the series.</param>
    /// <param name="model">Its name.</param>
    /// <param name="replays">Of the scored origins.</param>
    /// <param name="banded">With bands, of the origins at which those are scored.</param>
    /// <param name="fitMilliseconds">To fit one series.</param>
    public void Add(string level, string model, IReadOnlyList<Replay> replays, IReadOnlyList<Replay> banded, double fitMilliseconds = double.NaN)
    {
        var scores = Score(replays).Zip(Score(banded), (point, band) => point with { Coverage = band.Coverage });
        Of(level).Rows.Add(new TableRow(model, [.. scores], fitMilliseconds));
    }

    /// <summary>R's rows, and ours on exactly their splits. A day of a slow product is answered by the median, by ours as in the table above.</summary>
    public void Compare(string level, IReadOnlyList<Replay> ours, Dictionary<string, List<Replay>> peers)
    {
        var theirs = peers.ToDictionary(p => p.Key, p => p.Value.Where(r => r.Group == level).ToList(), StringComparer.Ordinal);
        if (theirs.Count == 0 || theirs.Values.First().Count == 0)
            return;
        var answered = theirs.Values.First().Select(r => (r.SeriesId, r.Origin)).ToHashSet();
        var same = ours.Where(r => answered.Contains((r.SeriesId, r.Origin))).ToList();
        Of(level).Peers = new PeerRows(
            answered.Count,
            set.ForPeers() is var all ? all.ScoredOrigins.Sum(origin => all.Panel.Count(s => s.Group == level && s.Count > origin)) : 0,
            new TableRow($"ours on R's {answered.Count} split{(answered.Count == 1 ? "" : "s")}", Score(same)),
            [.. theirs.Select(t => new TableRow(t.Key, Score(t.Value)))]);
    }

    private LevelTable Of(string level) => Levels.First(l => l.Level == level);

    private IReadOnlyList<Accuracy> Score(IReadOnlyList<Replay> replays) => [.. set.Horizons.Select(h => Accuracy.Of(replays, h))];
}
