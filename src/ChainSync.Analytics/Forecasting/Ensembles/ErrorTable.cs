using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>
/// Forecasts of every model side by side with what happened, for one group, each series in units of its own naive error: otherwise one
/// large series would choose for all. Slow groups are compared in blocks of a week: the best guess of a single day there is "nothing",
/// which would starve every order.
/// </summary>
internal sealed class ErrorTable
{
    private const int BlockOfSlow = 7;

    private readonly List<double[]> _forecasts = [];
    private readonly List<double> _actuals = [];
    private readonly List<SeriesErrors> _series = [];

    private ErrorTable(string[] names) => Names = names;

    public string[] Names { get; }

    public bool IsSlow { get; private init; }

    /// <summary>What the replays are worth in origins that do not overlap, ≥ 1; 0 when there are none.</summary>
    public double Origins { get; private set; }

    /// <summary>What each series by itself says of the models.</summary>
    public IReadOnlyList<SeriesErrors> Series => _series;

    public static ErrorTable Of(string[] names, IReadOnlyDictionary<string, IReadOnlyList<Replay>> replays, string group)
    {
        var keyed = names.Select(n => replays[n].Where(r => r.Group == group).ToDictionary(r => (r.SeriesId, r.Origin))).ToArray();
        var shared = keyed[0].Keys.Where(k => keyed.All(d => d.ContainsKey(k))).Order().ToArray();
        var table = new ErrorTable(names) { IsSlow = SlowDemand.Rules(keyed[0].Values) };
        var usual = Numerics.Statistics.Median([.. shared.Select(k => keyed[0][k].NaiveError)]);
        foreach (var series in shared.GroupBy(k => k.SeriesId))
            table.Add(series.Key, [.. series.Select(k => keyed.Select(d => d[k]).ToArray())], usual);
        table.Origins = Worth([.. shared.Select(k => keyed[0][k])]);
        return table;
    }

    /// <summary>How often each model is picked when every pick makes Σ|actual − mean of the picks| as small as one more can.</summary>
    public int[] Pick(int picks)
    {
        var (counts, sums) = (new int[Names.Length], new double[_actuals.Count]);
        for (var pick = 1; pick <= picks; pick++)
        {
            var best = Enumerable.Range(0, Names.Length).MinBy(m => ErrorWith(m, sums, pick));
            counts[best]++;
            for (var i = 0; i < sums.Length; i++)
                sums[i] += _forecasts[i][best];
        }
        return counts;
    }

    /// <summary>Absolute error of each model by itself.</summary>
    public double[] Alone()
    {
        var none = new double[_actuals.Count];
        return [.. Enumerable.Range(0, Names.Length).Select(m => ErrorWith(m, none, 1))];
    }

    private double ErrorWith(int model, double[] sums, int picks)
    {
        var error = 0.0;
        for (var i = 0; i < sums.Length; i++)
            error += Math.Abs(_actuals[i] - (sums[i] + _forecasts[i][model]) / picks);
        return error;
    }

    /// <summary>Replays from the same months repeat each other: a span of n horizons holds at most n + 1 forecasts that do not overlap.</summary>
    private static double Worth(IReadOnlyCollection<Replay> replays)
    {
        var origins = replays.Select(r => r.Origin).Distinct().ToArray();
        return origins.Length == 0 ? 0 : Math.Min(origins.Length, 1 + (origins.Max() - origins.Min()) / (double)replays.First().Actual.Length);
    }

    private void Add(string id, Replay[][] origins, double usual)
    {
        var scale = Numerics.Statistics.Mean([.. origins.Select(o => o[0].NaiveError)]);
        var (unit, first) = (double.IsNaN(scale) ? usual : scale, _actuals.Count);
        foreach (var models in origins)
            Add(models, IsSlow ? BlockOfSlow : 1, double.IsNaN(unit) ? 1 : unit);
        var errors = new double[Names.Length];
        for (var i = first; i < _actuals.Count; i++)
            for (var m = 0; m < errors.Length; m++)
                errors[m] += Math.Abs(_actuals[i] - _forecasts[i][m]);
        if (_actuals.Count > first)
            _series.Add(new SeriesErrors(id, errors, Worth([.. origins.Select(o => o[0])])));
    }

    private void Add(Replay[] models, int block, double unit)
    {
        var actual = models[0].Actual;
        for (var start = 0; start < actual.Length; start += block)
        {
            var (sum, known, forecasts) = (0.0, 0, new double[models.Length]);
            for (var h = start; h < Math.Min(start + block, actual.Length); h++)
            {
                if (double.IsNaN(actual[h]))
                    continue;
                (sum, known) = (sum + actual[h] / unit, known + 1);
                for (var m = 0; m < models.Length; m++)
                    forecasts[m] += models[m].Predicted[h] / unit;
            }
            if (known == 0)
                continue;
            _forecasts.Add(forecasts);
            _actuals.Add(sum);
        }
    }
}
