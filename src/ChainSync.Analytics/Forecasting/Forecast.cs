using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting;

/// <summary>Point forecasts with intervals for the periods after a history.</summary>
/// <param name="SeriesId">Key of the series.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Grain">Period length.</param>
/// <param name="Start">Local start of the first forecast period.</param>
/// <param name="Mean">Expected value per period, in the series' unit; 0 in closed periods.</param>
/// <param name="Bands">Prediction intervals by rising level; empty when the model has not been calibrated.</param>
/// <param name="Note">Why a simpler model answered (too short, constant), or null.</param>
public sealed record Forecast(
    string SeriesId, string Model, Grain Grain, DateTime Start, IReadOnlyList<double> Mean, IReadOnlyList<IntervalBand> Bands, string? Note = null)
{
    /// <summary>Periods ahead.</summary>
    public int Horizon => Mean.Count;
}
