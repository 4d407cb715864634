namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary>What one series says of the models.</summary>
/// <param name="Id">Key of the series.</param>
/// <param name="Errors">Sum of absolute errors per model, in any unit.</param>
/// <param name="Origins">What its replays are worth in origins that do not overlap.</param>
internal sealed record SeriesErrors(string Id, double[] Errors, double Origins)
{
    /// <summary>An error of nothing may be luck: all are raised by this share of the mean error.</summary>
    private const double Guard = 0.01;

    /// <summary>Smaller weights change nothing worth the fit of a model.</summary>
    private const double Least = 0.01;

    /// <summary>Series change, so that no number of origins says more than this many.</summary>
    private const double MostOrigins = 8;

    /// <summary>
    /// Turns the weights that suit the group into those that suit this series, by Bayes' rule: with absolute (Laplace) errors of unknown
    /// size, one independent mean error e per origin has likelihood e^−n after n origins
    /// (here n counts for n m / (n + m), m being the most).
    /// </summary>
    /// <param name="prior">Weight per model; those of 0 stay 0.</param>
    /// <returns>Weights that sum to 1.</returns>
    public double[] Weigh(double[] prior)
    {
        var guard = Guard * Errors.Average();
        var best = Errors.Min() + guard;
        var evidence = Origins * MostOrigins / (Origins + MostOrigins);
        var weights = Errors.Zip(prior, (e, p) => best > 0 ? p * Math.Pow((e + guard) / best, -evidence) : p).ToArray();
        var least = Least * weights.Sum();
        var kept = weights.Where(w => w >= least).Sum();
        return Array.ConvertAll(weights, w => w >= least ? w / kept : 0);
    }
}
