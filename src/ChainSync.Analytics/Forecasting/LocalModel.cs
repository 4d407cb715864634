using ChainSync.Analytics.Forecasting.Baselines;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>A model that learns each series alone: one set of parameters per series id.</summary>
internal abstract class LocalModel<TParameters> : IForecastModel
    where TParameters : class
{
    public abstract string Name { get; }

    /// <summary>Fewest observed periods it can learn from; below, the series is left to the fallback.</summary>
    protected abstract int FewestObservations(TimeSeries series);

    protected abstract TParameters FitOne(TimeSeries series, CancellationToken cancellationToken);

    protected abstract FittedModel Finish(Dictionary<string, TParameters> parameters);

    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var parameters = new Dictionary<string, TParameters>(StringComparer.Ordinal);
        foreach (var series in panel)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsLearnable(series))
                parameters.Add(series.Id, FitOne(series, cancellationToken));
        }
        return Finish(parameters);
    }

    /// <summary>A short or constant series has nothing to estimate; the fallback answers it exactly.</summary>
    private bool IsLearnable(TimeSeries series)
    {
        var (count, smallest, largest) = (0, double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < series.Count; i++)
        {
            if (!series.IsObserved(i))
                continue;
            count++;
            smallest = Math.Min(smallest, series.Values[i]);
            largest = Math.Max(largest, series.Values[i]);
        }
        return count >= FewestObservations(series) && largest > smallest;
    }
}

/// <summary>Parameters per series id; a series without any is answered by the mean of its recent same-phase values.</summary>
internal abstract class LocalFit<TParameters> : FittedModel
    where TParameters : class
{
    public required Dictionary<string, TParameters> Series { get; init; }

    public override string? NoteFor(string seriesId) => Series.ContainsKey(seriesId) ? null : "too short or constant: mean of recent same-phase periods";

    protected sealed override double[] PredictOpen(TimeSeries history, int horizon) =>
        Series.TryGetValue(history.Id, out var parameters)
            ? PredictOne(parameters, history, horizon)
            : SamePhaseMean.Predict(history, horizon);

    protected abstract double[] PredictOne(TParameters parameters, TimeSeries history, int horizon);
}
