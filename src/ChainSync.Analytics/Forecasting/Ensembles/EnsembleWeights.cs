using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>
/// Weights of models per group of series, learned from replays by forward selection with replacement (Caruana, Niculescu-Mizil, Crew and
/// Ksikes 2004): again and again the model is picked that makes the mean of all picks least wrong. The fewer origins taught this, the more
/// weight goes in equal shares to the models near the best. Groups with too few replays take the median of all models.
/// </summary>
public sealed class EnsembleWeights
{
    private const int FewestOrigins = 3;
    private const int Picks = 20;

    /// <summary>Origins at which picks and equal shares are believed alike.</summary>
    private const double PriorOrigins = 4;

    /// <summary>A model at most this much worse than the best of its group shares equally.</summary>
    private const double Near = 1.1;

    private const int BlockOfSlow = 7;

    /// <summary>Weight per model, per group; a group that is absent uses the median.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Groups { get; init; }

    /// <summary>Learns weights.</summary>
    /// <param name="replays">Replays per model name, over the same series and origins, all ended before the moment of use.</param>
    public static EnsembleWeights Learn(IReadOnlyDictionary<string, IReadOnlyList<Replay>> replays)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var names = replays.Keys.Order(StringComparer.Ordinal).ToArray();
        var groups = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (var group in replays.Values.SelectMany(r => r).Select(r => r.Group).Distinct(StringComparer.Ordinal))
        {
            var table = ErrorTable.Of(names, replays, group, BlockOfSlow);
            if (table.Origins >= FewestOrigins)
                groups[group] = Shares(table);
        }
        return new EnsembleWeights { Groups = groups };
    }

    /// <summary>Combines forecasts of one series.</summary>
    /// <param name="group">Group of the series.</param>
    /// <param name="forecasts">Forecast per model name, equally long.</param>
    public double[] Combine(string group, IReadOnlyDictionary<string, double[]> forecasts)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        var horizon = forecasts.Values.First().Length;
        var combined = new double[horizon];
        if (!Groups.TryGetValue(group, out var weights))
        {
            for (var h = 0; h < horizon; h++)
                combined[h] = Numerics.Statistics.Median([.. forecasts.Values.Select(f => f[h])]);
            return combined;
        }
        var total = weights.Where(w => forecasts.ContainsKey(w.Key)).Sum(w => w.Value);
        foreach (var (name, weight) in weights)
            if (forecasts.TryGetValue(name, out var forecast))
                for (var h = 0; h < horizon; h++)
                    combined[h] += weight / total * forecast[h];
        return combined;
    }

    private static Dictionary<string, double> Shares(ErrorTable table)
    {
        var (picked, alone) = (table.Pick(Picks), table.Alone());
        var limit = Near * alone.Min();
        var near = alone.Count(e => e <= limit);
        var believed = table.Origins / (table.Origins + PriorOrigins);
        return Enumerable.Range(0, picked.Length)
            .Select(m => (Name: table.Names[m], Share: believed * picked[m] / Picks + (alone[m] <= limit ? (1 - believed) / near : 0)))
            .Where(s => s.Share > 0).ToDictionary(s => s.Name, s => s.Share, StringComparer.Ordinal);
    }
}
