using ChainSync.Analytics.Numerics;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Baselines;

/// <summary>The last known value of the same phase of the season (same weekday, same hour); the yardstick of every other model.</summary>
internal sealed class SeasonalNaive : IForecastModel
{
    public string Name => ModelNames.SeasonalNaive;

    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default) => new SeasonalNaiveFit();
}

/// <summary>Has no parameters: it looks at the history only.</summary>
internal sealed class SeasonalNaiveFit : FittedModel
{
    public override string Name => ModelNames.SeasonalNaive;

    protected override double[] PredictOpen(TimeSeries history, int horizon) => SamePhaseMean.Predict(history, horizon, cycles: 1);
}

/// <summary>The mean of the last eight known values of the same phase.</summary>
internal sealed class SamePhaseMean : IForecastModel
{
    private const int UsualCycles = 8;

    public string Name => ModelNames.SamePhaseMean;

    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default) => new SamePhaseMeanFit();

    /// <summary>Mean per phase over the last <paramref name="cycles"/> known values; a phase never seen takes the mean of all.</summary>
    internal static double[] Predict(TimeSeries history, int horizon, int cycles = UsualCycles)
    {
        var season = history.Grain.Season();
        var observed = history.Observed();
        var overall = Statistics.Mean(observed.AsSpan(Math.Max(0, observed.Length - cycles * season)));
        if (double.IsNaN(overall))
            overall = Statistics.Mean(observed);
        var byPhase = new double[season];
        for (var phase = 0; phase < season; phase++)
            byPhase[phase] = PhaseMean(observed, phase, season, cycles, overall);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
            forecast[h] = byPhase[(history.Count + h) % season];
        return forecast;
    }

    private static double PhaseMean(double[] observed, int phase, int season, int cycles, double otherwise)
    {
        var (sum, count) = (0.0, 0);
        var last = observed.Length - 1 - (observed.Length - 1 - phase + season) % season;
        for (var i = last; i >= 0 && count < cycles; i -= season)
            if (!double.IsNaN(observed[i]))
                (sum, count) = (sum + observed[i], count + 1);
        return count > 0 ? sum / count : double.IsNaN(otherwise) ? 0 : otherwise;
    }
}

/// <summary>Has no parameters: it looks at the history only.</summary>
internal sealed class SamePhaseMeanFit : FittedModel
{
    public override string Name => ModelNames.SamePhaseMean;

    protected override double[] PredictOpen(TimeSeries history, int horizon) => SamePhaseMean.Predict(history, horizon);
}
