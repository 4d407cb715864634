using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Ensembles;

/// <summary><c>ensemble</c>: models combined with weights per series, learned by replaying them over the panel's own past.</summary>
public sealed class EnsembleModel : IForecastModel
{
    private readonly IReadOnlyList<IForecastModel> _members;
    private readonly BacktestPlan _plan;

    /// <summary>Creates the model.</summary>
    /// <param name="members">At least one, with unique names.</param>
    /// <param name="plan">Origins to learn the weights from; the more, the steadier.</param>
    public EnsembleModel(IReadOnlyList<IForecastModel> members, BacktestPlan plan)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        (_members, _plan) = (members, plan);
    }

    /// <inheritdoc/>
    public string Name => ModelNames.Ensemble;

    /// <inheritdoc/>
    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default)
    {
        var replays = _members.ToDictionary(
            m => m.Name, m => Backtest.Run(m, panel, _plan, cancellationToken: cancellationToken), StringComparer.Ordinal);
        var weights = EnsembleWeights.Learn(replays);
        var needed = _members.Where(m => IsNeeded(weights, panel, m.Name));
        return new EnsembleFit
        {
            Weights = weights.Groups,
            SeriesWeights = weights.Series,
            SlowGroups = [.. weights.SlowGroups],
            Members = [.. needed.Select(m => m.Fit(panel, cancellationToken))],
        };
    }

    /// <summary>A model without weight anywhere is not fitted; the median of a group without replays needs all.</summary>
    private static bool IsNeeded(EnsembleWeights weights, IReadOnlyList<TimeSeries> panel, string name) =>
        panel.Any(s => !weights.Groups.ContainsKey(s.Group))
        || weights.Groups.Values.Any(g => g.ContainsKey(name))
        || weights.Series.Values.Any(g => g.ContainsKey(name));
}

internal sealed class EnsembleFit : FittedModel
{
    public override string Name => ModelNames.Ensemble;

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Weights { get; init; }

    /// <summary>Absent in models saved before series had weights of their own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> SeriesWeights { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);

    public string[] SlowGroups { get; init; } = [];

    public required FittedModel[] Members { get; init; }

    protected override double[] PredictOpen(TimeSeries history, int horizon)
    {
        var weights = new EnsembleWeights { Groups = Weights, Series = SeriesWeights, SlowGroups = SlowGroups.ToHashSet(StringComparer.Ordinal) };
        return weights.Combine(
            history.Id, history.Group, Members.ToDictionary(m => m.Name, m => m.Predict(history, horizon), StringComparer.Ordinal));
    }
}
