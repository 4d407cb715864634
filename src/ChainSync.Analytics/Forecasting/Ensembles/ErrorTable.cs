using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>
/// Forecasts of every model side by side with what happened, for one group. Slow groups are compared in blocks of a week: the best
/// guess of a single day there is "nothing", which would starve every order.
/// </summary>
internal sealed class ErrorTable
{
    private readonly List<double[]> _forecasts = [];
    private readonly List<double> _actuals = [];

    private ErrorTable(string[] names, int origins) => (Names, Origins) = (names, origins);

    public string[] Names { get; }

    /// <summary>Distinct origins seen.</summary>
    public int Origins { get; }

    public static ErrorTable Of(string[] names, IReadOnlyDictionary<string, IReadOnlyList<Replay>> replays, string group, int blockOfSlow)
    {
        var keyed = names.Select(n => replays[n].Where(r => r.Group == group).ToDictionary(r => (r.SeriesId, r.Origin))).ToArray();
        var shared = keyed[0].Keys.Where(k => keyed.All(d => d.ContainsKey(k))).Order().ToArray();
        var table = new ErrorTable(names, shared.Select(k => k.Origin).Distinct().Count());
        var size = SlowDemand.Rules(keyed[0].Values) ? blockOfSlow : 1;
        foreach (var key in shared)
            table.Add([.. keyed.Select(d => d[key])], size);
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

    private void Add(Replay[] models, int block)
    {
        var actual = models[0].Actual;
        for (var start = 0; start < actual.Length; start += block)
        {
            var (sum, known, forecasts) = (0.0, 0, new double[models.Length]);
            for (var h = start; h < Math.Min(start + block, actual.Length); h++)
            {
                if (double.IsNaN(actual[h]))
                    continue;
                (sum, known) = (sum + actual[h], known + 1);
                for (var m = 0; m < models.Length; m++)
                    forecasts[m] += models[m].Predicted[h];
            }
            if (known == 0)
                continue;
            _forecasts.Add(forecasts);
            _actuals.Add(sum);
        }
    }
}
