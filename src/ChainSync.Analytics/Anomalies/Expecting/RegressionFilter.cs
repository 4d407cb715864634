using System.Numerics.Tensors;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// Recursive regression: a Kalman filter whose coefficients walk slowly (West and Harrison 1997, chapter 3). The level walks faster than
/// the calendar effects. O(width²) per period and no history.
/// </summary>
internal sealed class RegressionFilter
{
    public required double[] Effects { get; init; }

    /// <summary>Symmetric, row by row.</summary>
    public required double[] Covariance { get; init; }

    public static RegressionFilter Start(IReadOnlyList<double> priors)
    {
        var filter = new RegressionFilter { Effects = new double[priors.Count], Covariance = new double[priors.Count * priors.Count] };
        for (var i = 0; i < priors.Count; i++)
            filter.Covariance[i * priors.Count + i] = priors[i];
        return filter;
    }

    /// <summary>The same knowledge for another layout: effects and covariances of equal names are kept, new ones start from their prior.</summary>
    public RegressionFilter Rearrange(IReadOnlyList<string> names, CalendarRow layout)
    {
        var filter = Start(layout.Priors);
        var old = new int[layout.Names.Count];
        for (var i = 0; i < old.Length; i++)
            old[i] = Array.IndexOf([.. names], layout.Names[i]);
        for (var i = 0; i < old.Length; i++)
        {
            if (old[i] < 0)
                continue;
            filter.Effects[i] = Effects[old[i]];
            for (var j = 0; j < old.Length; j++)
                if (old[j] >= 0)
                    filter.Covariance[i * old.Length + j] = Covariance[old[i] * names.Count + old[j]];
        }
        return filter;
    }

    /// <summary>Makes the level uncertain again, so that it is found within a few periods.</summary>
    public void Reopen(double variance) => Covariance[0] += variance;

    public double Level => Effects[0];

    /// <summary>Answer for a row, and the variance that stems from not knowing the effects.</summary>
    /// <param name="row">Regressors.</param>
    /// <param name="spread">Receives covariance × row, needed by <see cref="Learn"/>.</param>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> row, Span<double> spread)
    {
        var width = row.Length;
        spread.Clear();
        var mean = 0.0;
        for (var j = 0; j < width; j++)
        {
            if (row[j] == 0)
                continue;
            mean += row[j] * Effects[j];
            TensorPrimitives.MultiplyAdd(Covariance.AsSpan(j * width, width), row[j], spread, spread);
        }
        return (mean, TensorPrimitives.Dot<double>(row, spread));
    }

    /// <summary>Takes one error into account.</summary>
    /// <param name="spread">From <see cref="Predict"/> for the same row.</param>
    /// <param name="error">Observed minus predicted.</param>
    /// <param name="variance">Variance of that error, prediction and noise together.</param>
    public void Learn(ReadOnlySpan<double> spread, double error, double variance)
    {
        var width = spread.Length;
        var gain = error / variance;
        for (var i = 0; i < width; i++)
        {
            Effects[i] += spread[i] * gain;
            TensorPrimitives.MultiplyAdd(spread, -spread[i] / variance, Covariance.AsSpan(i * width, width), Covariance.AsSpan(i * width, width));
        }
    }

    /// <summary>One period passes: level and effects may have moved a little.</summary>
    public void Drift(double levelVariance, double effectVariance)
    {
        var width = Effects.Length;
        Covariance[0] += levelVariance;
        for (var i = 1; i < width; i++)
            Covariance[i * width + i] += effectVariance;
    }
}
