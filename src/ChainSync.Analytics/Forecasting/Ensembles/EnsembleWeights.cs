using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>
/// Weights of models per group of series, learned from replays: the convex combination with the smallest absolute error, found by
/// exponentiated gradient (Kivinen and Warmuth 1997) and drawn towards equal shares of the good models. Groups with too few replays
/// take the median of all models.
/// </summary>
public sealed class EnsembleWeights
{
    private const int FewestOrigins = 3;
    private const int Rounds = 300;
    private const double Step = 0.5;

    /// <summary>A model this much worse than the best of its group is left out.</summary>
    private const double Tolerance = 1.1;

    /// <summary>More members than this add likeness, not knowledge.</summary>
    private const int MostMembers = 5;

    /// <summary>Share given to the equal mean of the models that remain.</summary>
    private const double Shrinkage = 0.3;

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
                groups[group] = Weigh(table);
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

    private static Dictionary<string, double> Weigh(ErrorTable table)
    {
        var alone = Enumerable.Range(0, table.Names.Length).Select(m => table.AbsoluteError(Alone(m, table.Names.Length))).ToArray();
        var best = alone.Min();
        int[] good = [.. Enumerable.Range(0, alone.Length).Where(m => alone[m] <= Tolerance * best).OrderBy(m => alone[m]).Take(MostMembers)];
        var weights = new double[alone.Length];
        foreach (var m in good)
            weights[m] = 1.0 / good.Length;
        for (var round = 1; round <= Rounds; round++)
        {
            var gradient = table.Gradient(weights);
            var mean = good.Sum(m => weights[m] * gradient[m]);
            foreach (var m in good)
                weights[m] *= Math.Exp(-Step * 10 / Math.Sqrt(round) * (gradient[m] - mean));
            var sum = weights.Sum();
            for (var m = 0; m < weights.Length; m++)
                weights[m] /= sum;
        }
        return good.ToDictionary(m => table.Names[m], m => (1 - Shrinkage) * weights[m] + Shrinkage / good.Length, StringComparer.Ordinal);
    }

    private static double[] Alone(int model, int count)
    {
        var weights = new double[count];
        weights[model] = 1;
        return weights;
    }
}
