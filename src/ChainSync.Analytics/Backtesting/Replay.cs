namespace ChainSync.Analytics.Backtesting;

/// <summary>One forecast made at a past moment, with what then happened.</summary>
/// <param name="SeriesId">Key of the series.</param>
/// <param name="Group">Its group.</param>
/// <param name="Origin">Periods between the moment and the end of the data.</param>
/// <param name="Predicted">Point forecasts.</param>
/// <param name="Actual">What happened; NaN where closed or not known.</param>
/// <param name="NaiveError">Mean absolute error of the seasonal naive forecast inside the history, the unit of MASE; NaN when not defined.</param>
/// <param name="Bands">Intervals issued at that moment, when the replay was calibrated.</param>
public sealed record Replay(
    string SeriesId,
    string Group,
    int Origin,
    double[] Predicted,
    double[] Actual,
    double NaiveError,
    IReadOnlyList<Forecasting.IntervalBand> Bands);
