using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// What each named day does, learned one by one: a year has dozens of them and each is seen once a year, so a joint covariance would
/// cost more than it tells. A day never seen widens the band instead of raising an alert.
/// </summary>
internal sealed class HolidayEffects
{
    private const double Prior = 0.04;

    public Dictionary<string, double> Effect { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Variance { get; init; } = new(StringComparer.Ordinal);

    public (double Effect, double Variance) On(IReadOnlyList<Covariate> holidays, int index)
    {
        var (effect, variance) = (0.0, 0.0);
        foreach (var holiday in holidays)
            if (CalendarRow.ValueAt(holiday, index) is not 0 and var share)
            {
                effect += share * Effect.GetValueOrDefault(holiday.Name);
                variance += share * share * Variance.GetValueOrDefault(holiday.Name, Prior);
            }
        return (effect, variance);
    }

    /// <summary>Shares an error among the named days it fell on.</summary>
    public void Learn(IReadOnlyList<Covariate> holidays, int index, double error, double variance)
    {
        foreach (var holiday in holidays)
            if (CalendarRow.ValueAt(holiday, index) is not 0 and var share)
            {
                var own = Variance.GetValueOrDefault(holiday.Name, Prior);
                var gain = share * own / variance;
                Effect[holiday.Name] = Effect.GetValueOrDefault(holiday.Name) + gain * error;
                Variance[holiday.Name] = own * (1 - share * gain) + 0.05 * Prior;
            }
    }
}
