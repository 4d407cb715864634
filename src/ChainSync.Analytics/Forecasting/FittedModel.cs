using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>
/// Learned parameters, without the data they were learned from: the history is handed in again at each forecast, so a model fitted
/// last night answers with this morning's sales. Immutable and safe to share; saved and loaded with <c>ModelJson</c>.
/// </summary>
public abstract class FittedModel
{
    /// <summary>Name of the model that was fitted.</summary>
    public abstract string Name { get; }

    /// <summary>Point forecasts for the periods after <paramref name="history"/>; 0 in closed periods, never NaN.</summary>
    /// <param name="history">The series so far; it may be longer than the one the model was fitted on. A series the model has not seen
    /// is served where the model can (global models, same-weekday means); otherwise by the stated fallback.</param>
    /// <param name="horizon">Periods ahead, ≥ 1. Covariates, if any, must reach that far.</param>
    /// <exception cref="SeriesException">The covariates end too early.</exception>
    public double[] Predict(TimeSeries history, int horizon)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        history.Known.Require(history.Count + horizon);
        var mean = PredictOpen(history, horizon);
        for (var h = 0; h < horizon; h++)
            if (!history.Known.IsOpen(history.Count + h))
                mean[h] = 0;
        return mean;
    }

    /// <summary>Forecasts as if every period were open; <see cref="Predict"/> zeroes the closed ones.</summary>
    protected abstract double[] PredictOpen(TimeSeries history, int horizon);
}
