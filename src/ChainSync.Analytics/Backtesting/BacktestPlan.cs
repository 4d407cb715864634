namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// Moments from which forecasts are replayed, as periods before the end of each series, oldest first, so that series of different
/// lengths share a plan.
/// </summary>
/// <param name="Origins">Distances from the end, falling; each at least 1.</param>
/// <param name="Horizon">Periods forecast from each origin, ≥ 1; periods past the end of the data are not scored.</param>
/// <param name="RefitEvery">Parameters are learned anew at every n-th origin, counted back from the newest; between, the last
/// parameters meet the longer history, as in production.</param>
public sealed record BacktestPlan(IReadOnlyList<int> Origins, int Horizon, int RefitEvery = 1)
{
    /// <summary>A plan of evenly spaced origins, the newest of which has its whole horizon in the data.</summary>
    /// <param name="horizon">Periods ahead.</param>
    /// <param name="origins">Number of origins.</param>
    /// <param name="step">Periods between origins.</param>
    /// <param name="refitEvery">See <see cref="RefitEvery"/>.</param>
    public static BacktestPlan Rolling(int horizon, int origins, int step, int refitEvery = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(origins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return new BacktestPlan([.. Enumerable.Range(0, origins).Select(k => horizon + (origins - 1 - k) * step)], horizon, refitEvery);
    }

    /// <summary>The stretches of origins that share parameters, oldest first.</summary>
    internal IEnumerable<int[]> Stretches()
    {
        var first = (Origins.Count - 1) % RefitEvery;
        if (first > 0)
            yield return [.. Origins.Take(first)];
        for (var i = first; i < Origins.Count; i += RefitEvery)
            yield return [.. Origins.Skip(i).Take(RefitEvery)];
    }
}
