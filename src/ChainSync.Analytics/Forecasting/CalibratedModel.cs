using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>A fitted model with its intervals and the accuracy it showed: what a shop stores and asks.</summary>
public sealed class CalibratedModel
{
    /// <summary>Creates it from parts, as when loading.</summary>
    /// <param name="model">Fitted model.</param>
    /// <param name="calibration">Learned from replays of the same model.</param>
    public CalibratedModel(FittedModel model, ConformalCalibration calibration) => (Model, Calibration) = (model, calibration);

    /// <summary>The fitted model.</summary>
    public FittedModel Model { get; }

    /// <summary>Its errors in the past.</summary>
    public ConformalCalibration Calibration { get; }

    /// <summary>Fits a model on a panel and calibrates it on replays of the panel's past.</summary>
    /// <param name="model">Model to fit.</param>
    /// <param name="panel">Series of one grain.</param>
    /// <param name="plan">Origins to calibrate on.</param>
    /// <param name="parallelism">See <see cref="Backtest.Run"/>.</param>
    /// <param name="progress">See <see cref="Backtest.Run"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model, and the replays from which <see cref="Accuracy"/> is stated per group.</returns>
    public static (CalibratedModel Model, IReadOnlyList<Replay> Replays) Train(
        IForecastModel model,
        IReadOnlyList<TimeSeries> panel,
        BacktestPlan plan,
        int parallelism = 1,
        IProgress<BacktestProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var replays = Backtest.Run(model, panel, plan, parallelism, progress, cancellationToken);
        return (new CalibratedModel(model.Fit(panel, cancellationToken), ConformalCalibration.Learn(replays)), replays);
    }

    /// <summary>Forecast with bands.</summary>
    /// <param name="history">The series so far.</param>
    /// <param name="horizon">Periods ahead, ≥ 1.</param>
    /// <param name="levels">Levels of the bands; 0.80 and 0.95 when null.</param>
    /// <exception cref="SeriesException">The calendar ends too early.</exception>
    public Forecast Forecast(TimeSeries history, int horizon, IReadOnlyList<double>? levels = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        var mean = Model.Predict(history, horizon);
        var bands = Calibration.Bands(history.Id, history.Group, mean, levels ?? [0.80, 0.95], h => history.Known.IsOpen(history.Count + h));
        return new Forecast(history.Id, Model.Name, history.Grain, history.TimeAt(history.Count), mean, bands, Model.NoteFor(history.Id));
    }
}
