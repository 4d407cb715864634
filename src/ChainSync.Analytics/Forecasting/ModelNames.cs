namespace ChainSync.Analytics.Forecasting;

/// <summary>The names by which models are chosen, stored and shown.</summary>
public static class ModelNames
{
    /// <summary>Regression on damped trend, weekday, Fourier year and regressors, with a smoothed level on top.</summary>
    public const string Linear = "linear";

    /// <summary>Seasonal ARIMA with regressors.</summary>
    public const string Arima = "arima";

    /// <summary>Piecewise trend, Fourier seasonality and holidays by MAP.</summary>
    public const string Prophet = "prophet";

    /// <summary>Global recurrent network.</summary>
    public const string Lstm = "lstm";

    /// <summary>Weighted combination chosen by backtest.</summary>
    public const string Ensemble = "ensemble";

    /// <summary>Last value of the same phase.</summary>
    public const string SeasonalNaive = "snaive";

    /// <summary>Mean of the last eight values of the same phase.</summary>
    public const string SamePhaseMean = "samephase";

    /// <summary>Exponential smoothing, automatic.</summary>
    public const string Ets = "ets";

    /// <summary>Theta method.</summary>
    public const string Theta = "theta";

    /// <summary>Croston's method with the Syntetos-Boylan correction.</summary>
    public const string Croston = "croston";

    /// <summary>Teunter-Syntetos-Babai method.</summary>
    public const string Tsb = "tsb";

    /// <summary>Global gradient-boosted trees.</summary>
    public const string Trees = "trees";
}
