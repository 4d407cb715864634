using ChainSync.Analytics.Forecasting.Arima;
using ChainSync.Analytics.Forecasting.Baselines;
using ChainSync.Analytics.Forecasting.Intermittent;
using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Prophet;
using ChainSync.Analytics.Forecasting.Recurrent;
using ChainSync.Analytics.Forecasting.Smoothing;
using ChainSync.Analytics.Forecasting.Trees;

namespace ChainSync.Analytics.Forecasting;

/// <summary>The models by name.</summary>
public static class ForecastModels
{
    /// <summary>Every single model (not the ensemble), cheapest first, with its usual settings.</summary>
    public static IReadOnlyList<IForecastModel> Singles { get; } =
    [
        new SeasonalNaive(),
        new SamePhaseMean(),
        new IntermittentModel(tsb: false),
        new IntermittentModel(tsb: true),
        new LinearModel(),
        new ThetaModel(),
        new EtsModel(),
        new ProphetModel(),
        new ArimaModel(),
        new TreesModel(),
        new LstmModel(),
    ];

    /// <summary>The single model of a name.</summary>
    /// <exception cref="ArgumentException">No such model; the message lists the names.</exception>
    public static IForecastModel Named(string name) =>
        Singles.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"'{name}' is not a model; choose one of {string.Join(", ", Singles.Select(m => m.Name))}.", nameof(name));
}
