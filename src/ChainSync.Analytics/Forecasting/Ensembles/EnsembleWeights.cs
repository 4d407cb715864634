using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>
/// Weights of models, learned from replays in two steps. What suits a group is found by forward selection with replacement (Caruana,
/// Niculescu-Mizil, Crew and Ksikes 2004): again and again the model is picked that makes the mean of all picks least wrong; the fewer
/// origins taught this, the more weight goes in equal shares to the models near the best. What suits a series is the group's answer
/// seen through the series' own errors (<see cref="SeriesErrors.Weigh"/>). Errors count relative to the naive error of their series.
/// </summary>
public sealed class EnsembleWeights
{
    private const int Picks = 20;

    /// <summary>Origins at which picks and equal shares are believed alike.</summary>
    private const double PriorOrigins = 4;

    /// <summary>A model at most this much worse than the best of its group shares equally.</summary>
    private const double Near = 1.1;

    /// <summary>Part of the group's weight that every model has before a series is seen, so that an odd one may choose what nobody else does.</summary>
    private const double Open = 0.1;

    /// <summary>Weight per model, per group: for series without replays of their own. A group that is absent takes the median of all models.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Groups { get; init; }

    /// <summary>Weight per model, per series.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Series { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);

    /// <summary>Groups of slow series, which take the weighted median of the models: after a burst of sales some models expect it to go on.</summary>
    public IReadOnlySet<string> SlowGroups { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Learns weights.</summary>
    /// <param name="replays">Replays per model name, over the same series and origins, all ended before the moment of use.</param>
    public static EnsembleWeights Learn(IReadOnlyDictionary<string, IReadOnlyList<Replay>> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var names = replays.Keys.Order(StringComparer.Ordinal).ToArray();
        var groups = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        var series = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        var slow = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in replays.Values.SelectMany(r => r).Select(r => r.Group).Distinct(StringComparer.Ordinal))
        {
            var table = ErrorTable.Of(names, replays, group);
            if (table.Series.Count == 0)
                continue;
            var shares = Shares(table);
            groups[group] = Named(names, shares);
            var prior = Array.ConvertAll(shares, s => (1 - Open) * s + Open / names.Length);
            foreach (var one in table.Series)
                series[one.Id] = Named(names, one.Weigh(prior));
            if (table.IsSlow)
                slow.Add(group);
        }
        return new EnsembleWeights { Groups = groups, Series = series, SlowGroups = slow };
    }

    /// <summary>Combines forecasts of one series.</summary>
    /// <param name="seriesId">Key of the series.</param>
    /// <param name="group">Group of the series.</param>
    /// <param name="forecasts">Forecast per model name, equally long; at least one of a model with weight.</param>
    public double[] Combine(string seriesId, string group, IReadOnlyDictionary<string, double[]> forecasts)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        var known = Series.TryGetValue(seriesId, out var own) || Groups.TryGetValue(group, out own);
        var members = forecasts.Where(f => !known || own!.ContainsKey(f.Key)).ToArray();
        var weights = Array.ConvertAll(members, m => known ? own![m.Key] : 1);
        Func<double[], double[], double> blend = !known || SlowGroups.Contains(group) ? Blend.Median : Blend.Mean;
        return [.. Enumerable.Range(0, forecasts.Values.First().Length).Select(h => blend(Array.ConvertAll(members, m => m.Value[h]), weights))];
    }

    private static double[] Shares(ErrorTable table)
    {
        var (picked, alone) = (table.Pick(Picks), table.Alone());
        var limit = Near * alone.Min();
        var near = alone.Count(e => e <= limit);
        var believed = table.Origins / (table.Origins + PriorOrigins);
        return [.. picked.Select((p, m) => believed * p / Picks + (alone[m] <= limit ? (1 - believed) / near : 0))];
    }

    private static Dictionary<string, double> Named(string[] names, double[] shares) =>
        names.Zip(shares).Where(s => s.Second > 0).ToDictionary(s => s.First, s => s.Second, StringComparer.Ordinal);
}
