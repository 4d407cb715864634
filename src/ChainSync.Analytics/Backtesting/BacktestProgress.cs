namespace ChainSync.Analytics.Backtesting;

/// <summary>How far a backtest has come.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Done">Stretches of origins replayed.</param>
/// <param name="Total">Stretches in all.</param>
public readonly record struct BacktestProgress(string Model, int Done, int Total);
