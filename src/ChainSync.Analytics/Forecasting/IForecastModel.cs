using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>
/// A way to learn from a panel of series of one grain. Local models (linear, arima, ETS …) fit each series alone; global ones
/// (lstm, trees) fit one model over all. Instances hold settings only, so they may be shared by threads.
/// </summary>
public interface IForecastModel
{
    /// <summary>Stable name: <c>linear</c>, <c>arima</c>, <c>prophet</c>, <c>lstm</c>, <c>ensemble</c>, <c>ets</c> …</summary>
    string Name { get; }

    /// <summary>Learns the parameters. The same panel gives the same parameters, bit for bit.</summary>
    /// <param name="panel">Series of one grain with unique ids, at least one.</param>
    /// <param name="cancellationToken">Checked at least once per series or training step.</param>
    /// <exception cref="SeriesException">A series cannot be used and the model has no stated fallback.</exception>
    FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default);
}
