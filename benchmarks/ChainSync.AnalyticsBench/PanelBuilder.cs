using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Collects the series of a set; those without a single value are only named.</summary>
internal sealed class PanelBuilder(Grain grain)
{
    private readonly List<TimeSeries> _series = [];
    private readonly List<string> _empty = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<TimeSeries> Series => _series;

    /// <summary>Ids of the series without a value.</summary>
    public IReadOnlyList<string> Empty => _empty;

    /// <exception cref="DataFileException">The id has been there, or is empty.</exception>
    public void Add(string id, string group, DateTime start, double[] values, Covariates? known = null)
    {
        if (id.Length == 0 || !_ids.Add(id))
            throw new DataFileException(id.Length == 0 ? "a series has no name." : $"'{id}' is there twice.");
        if (Array.TrueForAll(values, double.IsNaN))
            _empty.Add(id);
        else
            _series.Add(new TimeSeries(id, grain, start, values, known) { Group = group });
    }
}
