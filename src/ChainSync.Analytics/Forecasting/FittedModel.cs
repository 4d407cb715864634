using System.Text.Json.Serialization;
using ChainSync.Analytics.Forecasting.Arima;
using ChainSync.Analytics.Forecasting.Baselines;
using ChainSync.Analytics.Forecasting.Ensembles;
using ChainSync.Analytics.Forecasting.Intermittent;
using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Prophet;
using ChainSync.Analytics.Forecasting.Recurrent;
using ChainSync.Analytics.Forecasting.Smoothing;
using ChainSync.Analytics.Forecasting.Trees;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>
/// Learned parameters, without the data they were learned from: the history is handed in again at each forecast, so a model fitted
/// last night answers with this morning's sales. Immutable and safe to share; saved and loaded with <see cref="ModelJson"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SeasonalNaiveFit), ModelNames.SeasonalNaive)]
[JsonDerivedType(typeof(SamePhaseMeanFit), ModelNames.SamePhaseMean)]
[JsonDerivedType(typeof(LinearFit), ModelNames.Linear)]
[JsonDerivedType(typeof(EtsFit), ModelNames.Ets)]
[JsonDerivedType(typeof(ThetaFit), ModelNames.Theta)]
[JsonDerivedType(typeof(ArimaFit), ModelNames.Arima)]
[JsonDerivedType(typeof(ProphetFit), ModelNames.Prophet)]
[JsonDerivedType(typeof(TreesFit), ModelNames.Trees)]
[JsonDerivedType(typeof(SlowTreesFit), "trees-slow")]
[JsonDerivedType(typeof(EnsembleFit), ModelNames.Ensemble)]
[JsonDerivedType(typeof(LstmFit), ModelNames.Lstm)]
[JsonDerivedType(typeof(IntermittentFit), "intermittent")]
public abstract class FittedModel
{
    private protected FittedModel()
    {
    }

    /// <summary>Name of the model that was fitted.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>Why a simpler rule answers for this series, in words for a person; null when the model itself does.</summary>
    public virtual string? NoteFor(string seriesId) => null;

    /// <summary>
    /// Point forecasts for the periods after <paramref name="history"/>: 0 in closed periods, never NaN, and never negative when the
    /// history is not.
    /// </summary>
    /// <param name="history">The series so far; it may be longer than the one the model was fitted on. A series the model has not seen
    /// is served where the model can (global models), otherwise by the mean of its recent same-phase periods.</param>
    /// <param name="horizon">Periods ahead, ≥ 1. Covariates, if any, must reach that far.</param>
    /// <exception cref="SeriesException">The covariates end too early.</exception>
    public double[] Predict(TimeSeries history, int horizon)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        history.Known.Require(history.Count + horizon);
        var mean = PredictOpen(history, horizon);
        var floor = history.Values.ContainsAnyInRange(double.MinValue, -double.Epsilon) ? double.NegativeInfinity : 0;
        for (var h = 0; h < horizon; h++)
            mean[h] = history.Known.IsOpen(history.Count + h) ? Math.Max(mean[h], floor) : 0;
        return mean;
    }

    /// <summary>Forecasts as if every period were open; <see cref="Predict"/> zeroes the closed ones.</summary>
    protected abstract double[] PredictOpen(TimeSeries history, int horizon);
}
