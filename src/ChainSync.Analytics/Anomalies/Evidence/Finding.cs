namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>What the strongest test says of one period.</summary>
/// <param name="Kind">What it would be.</param>
/// <param name="Sigmas">Surprise, ≥ 0.</param>
/// <param name="Threshold">Surprise at which it is flagged.</param>
/// <param name="Lookback">Open periods it has lasted, 1 for a single one.</param>
internal readonly record struct Finding(AnomalyKind Kind, double Sigmas, double Threshold, int Lookback)
{
    public double Ratio => Sigmas / Threshold;
}
