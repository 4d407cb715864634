using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>The rows of one data set: to the report and to the goals alike.</summary>
internal sealed class Tables(DataSet set, Report report, Goals goals)
{
    public void Heading(string level) => report.Heading(set, level, set.Panel.Count(s => s.Group == level));

    /// <summary>A model's row.</summary>
    /// <param name="level">Of the series.</param>
    /// <param name="model">Its name.</param>
    /// <param name="replays">Of the scored origins.</param>
    /// <param name="banded">With bands, of the origins at which those are scored.</param>
    /// <param name="fitMilliseconds">To fit one series.</param>
    public void Row(string level, string model, IReadOnlyList<Replay> replays, IReadOnlyList<Replay> banded, double fitMilliseconds = double.NaN)
    {
        IReadOnlyList<Accuracy> scores = [.. Score(replays).Zip(Score(banded), (point, band) => point with { Coverage = band.Coverage })];
        report.Row(set, level, model, scores, fitMilliseconds);
        goals.Add(set, level, model, scores, fitMilliseconds);
    }

    /// <summary>R's rows, and ours on exactly their splits. A day of a slow product is answered by the median, by ours as in the table above.</summary>
    public void Peers(string level, List<Replay> ours, Dictionary<string, List<Replay>> peers)
    {
        var theirs = peers.ToDictionary(p => p.Key, p => p.Value.Where(r => r.Group == level).ToList(), StringComparer.Ordinal);
        if (theirs.Count == 0 || theirs.Values.First().Count == 0)
            return;
        var asked = theirs.Values.First().Select(r => (r.SeriesId, r.Origin)).ToHashSet();
        var same = ours.Where(r => asked.Contains((r.SeriesId, r.Origin))).ToList();
        report.Row(set, level, $"ours on R's {asked.Count} splits", Score(same), double.NaN);
        foreach (var (name, replays) in theirs)
            report.Row(set, level, name, Score(replays), double.NaN);
        goals.AddPeers(set, level, Score(same)[^1].Wape, theirs.ToDictionary(t => t.Key, t => Score(t.Value)[^1].Wape, StringComparer.Ordinal));
    }

    private IReadOnlyList<Accuracy> Score(IReadOnlyList<Replay> replays) => [.. set.Horizons.Select(h => Accuracy.Of(replays, h))];
}
